import { useState } from 'preact/hooks';
import type { Person } from '../../protocol.ts';
import type { Requests } from '../../requests.ts';
import { useActions } from '../state/actions.ts';
import { Avatar, Badges } from '../ui/avatar.tsx';
import { useNow } from '../ui/clock.tsx';

type Change = Omit<Requests['setPerson'], 'as' | 'user'>;

/** One person's presence, quiet times, huddle, status and account. */
export function PersonTools({ person }: { person: Person }) {
  const actions = useActions();
  const now = useNow(30_000);
  const [status, setStatus] = useState(`${person.statusEmoji} ${person.statusText}`.trim());
  const change = (part: Change) => void actions.tell('setPerson', { user: person.id, ...part });
  const quiet = person.dndUntil * 1000 > now;
  const saveStatus = () => {
    const match = /^(:[^\s:]+:)?\s*(.*)$/u.exec(status.trim());
    change({ statusEmoji: match?.[1] ?? '', statusText: match?.[2] ?? '' });
  };
  return (
    <li class="person-tools" aria-label={person.realName}>
      <Avatar person={person} size={32} />
      <span class="person-tools-name">
        <b>{person.realName}</b> <Badges person={person} />
        <span class="menu-detail">{person.title}</span>
      </span>
      <span class="person-tools-switches">
        <Switch
          label="Active"
          on={person.presence === 'active'}
          onChange={(on) => change({ presence: on ? 'active' : 'away' })}
        />
        <Switch label="Do not disturb" on={quiet} onChange={(on) => change({ dndMinutes: on ? 60 : 0 })} />
        <Switch label="In a huddle" on={person.huddle} onChange={(on) => change({ huddle: on })} />
        <Switch label="Deactivated" on={person.deactivated} onChange={(on) => change({ deactivated: on })} />
        <input
          class="text-input small"
          aria-label={`Status of ${person.realName}`}
          placeholder=":palm_tree: On holiday"
          value={status}
          onInput={(event) => setStatus(event.currentTarget.value)}
          onChange={saveStatus}
        />
      </span>
    </li>
  );
}

function Switch({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label class="switch">
      <input type="checkbox" checked={on} onChange={() => onChange(!on)} />
      {label}
    </label>
  );
}
