import type { Person } from '../../protocol.ts';
import { Icon } from './icon.tsx';

/** Two letters on the person's colour; the app has the shape of a beacon. The name beside it is what assistive technology reads. */
export function Avatar({ person, size = 36 }: { person: Person | undefined; size?: number }) {
  const bot = person?.role === 'bot';
  const style = `width:${size}px;height:${size}px;background:${person?.color ?? '#9a969b'};font-size:${Math.round(size * 0.4)}px`;
  return (
    <span class={bot ? 'avatar avatar-bot' : 'avatar'} style={style} aria-hidden="true">
      {bot ? <Icon name="bolt" size={Math.round(size * 0.62)} /> : (person?.initials ?? '?')}
    </span>
  );
}

/** Says which organisation a guest or outsider comes from, and which author is an app. */
export function Badges({ person }: { person: Person | undefined }) {
  if (!person) return null;
  return (
    <>
      {person.role === 'bot' && <span class="badge badge-app">APP</span>}
      {person.role === 'guest' && <span class="badge badge-guest">Guest{company(person)}</span>}
      {person.role === 'outsider' && <span class="badge badge-outsider">{person.company || 'External'}</span>}
      {person.deactivated && <span class="badge">Deactivated</span>}
    </>
  );
}

function company(person: Person): string {
  return person.company === '' ? '' : ` · ${person.company}`;
}

/** Green when active; an outline when away; a z for do not disturb; headphones in a huddle. */
export function Presence({ person, now }: { person: Person | undefined; now: number }) {
  if (!person || person.role === 'bot') return <span class="presence presence-app" aria-hidden="true" />;
  const quiet = person.dndUntil * 1000 > now;
  const words = `${person.presence}${quiet ? ', do not disturb' : ''}${person.huddle ? ', in a huddle' : ''}`;
  return (
    <span class={`presence presence-${person.presence}`} role="img" aria-label={words} title={words}>
      {quiet && <span class="presence-quiet">z</span>}
    </span>
  );
}
