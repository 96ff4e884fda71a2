import type { Snapshot } from '../../protocol.ts';
import type { Place } from './state.ts';

/** Where a link leads inside the page. */
export type Target = { place: Place; thread?: string };

/** The part of the address that says what is open, so that a reload comes back to it. */
export function placeToHash(place: Place): string {
  return place.type === 'channel' ? `#/channel/${place.id}` : `#/app/${place.tab}`;
}

/** Reads that part back; undefined when it says nothing. */
export function hashToPlace(hash: string): Place | undefined {
  const channel = /^#\/channel\/(\w+)$/u.exec(hash);
  if (channel?.[1] !== undefined) return { type: 'channel', id: channel[1] };
  if (hash === '#/app/home') return { type: 'app', tab: 'home' };
  return hash === '#/app/messages' ? { type: 'app', tab: 'messages' } : undefined;
}

/** Whether this person gets to see it: an app belongs to the workspace it is installed in, and to nobody of another organisation. */
export function mayOpen(place: Place, snapshot: Snapshot): boolean {
  if (place.type === 'channel') return snapshot.channels.some((channel) => channel.id === place.id);
  return snapshot.people.find((person) => person.id === snapshot.me)?.role !== 'outsider';
}

/** What to open first: what the address says if this person sees it, else the first channel they are in. */
export function choosePlace(hash: string, snapshot: Snapshot): Place {
  const wanted = hashToPlace(hash);
  if (wanted && mayOpen(wanted, snapshot)) return wanted;
  const named = snapshot.channels.filter((channel) => channel.kind === 'public' || channel.kind === 'private');
  const first = named.find((channel) => channel.member && !channel.archived) ?? named[0];
  return first ? { type: 'channel', id: first.id } : { type: 'app', tab: 'home' };
}

/** Slack's own links (permalinks, app_redirect, slack://) open here and not in a new tab; undefined for any other address. */
export function linkTarget(url: string): Target | undefined {
  const link = URL.canParse(url) ? new URL(url) : undefined;
  if (!link) return undefined;
  if (link.protocol === 'slack:') return deepLink(link);
  const archive = /^\/archives\/([A-Z0-9]+)(?:\/p(\d+)(\d{6}))?$/u.exec(link.pathname);
  if (archive?.[1] !== undefined) {
    const place: Place = { type: 'channel', id: archive[1] };
    const thread = link.searchParams.get('thread_ts');
    return thread === null ? { place } : { place, thread };
  }
  const redirect = link.pathname === '/app_redirect' ? link.searchParams.get('channel') : null;
  return redirect === null ? undefined : { place: { type: 'channel', id: redirect } };
}

function deepLink(link: URL): Target | undefined {
  if (link.host === 'app') {
    return { place: { type: 'app', tab: link.searchParams.get('tab') === 'messages' ? 'messages' : 'home' } };
  }
  const id = link.searchParams.get('id');
  return link.host === 'channel' && id !== null ? { place: { type: 'channel', id } } : undefined;
}
