import { describe, expect, it } from '@jest/globals';
import type { Role, Snapshot } from '../../../../sandbox/protocol.ts';
import { choosePlace, hashToPlace, linkTarget, placeToHash } from '../../../../sandbox/client/state/route.ts';

describe('addresses of the page', () => {
  it.each([
    { type: 'channel', id: 'C1' } as const,
    { type: 'app', tab: 'home' } as const,
    { type: 'app', tab: 'messages' } as const,
  ])('come back to %j after a reload', (place) => {
    expect(hashToPlace(placeToHash(place))).toEqual(place);
  });

  it('ignore what they do not know', () => {
    expect(hashToPlace('#/nowhere')).toBeUndefined();
  });
});

const seenBy = (role: Role): Snapshot =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no more of it is looked at
  ({
    me: 'U1',
    people: [{ id: 'U1', role }],
    channels: [{ id: 'C1', kind: 'public', member: true, archived: false }],
  }) as unknown as Snapshot;

describe('what is opened first', () => {
  it('is what the address says', () => {
    expect(choosePlace('#/app/home', seenBy('guest'))).toEqual({ type: 'app', tab: 'home' });
  });

  it('is no app for somebody of another organisation', () => {
    expect(choosePlace('#/app/home', seenBy('outsider'))).toEqual({ type: 'channel', id: 'C1' });
  });
});

describe('links of Slack', () => {
  const channel = { place: { type: 'channel', id: 'C1' } };
  it.each([
    ['https://northwind.slack.com/archives/C1/p1700000000000100', channel],
    ['https://slack.com/app_redirect?channel=C1', channel],
    ['slack://channel?team=T1&id=C1', channel],
    ['slack://app?team=T1&id=A1&tab=home', { place: { type: 'app', tab: 'home' } }],
    [
      'https://northwind.slack.com/archives/C1/p1700000000000100?thread_ts=1700000000.000001&cid=C1',
      { ...channel, thread: '1700000000.000001' },
    ],
  ])('open inside the page: %s', (url, target) => {
    expect(linkTarget(url)).toEqual(target);
  });

  it.each(['https://example.com/docs', 'mailto:a@b.example', 'not an address'])('let %s go its own way', (url) => {
    expect(linkTarget(url)).toBeUndefined();
  });
});
