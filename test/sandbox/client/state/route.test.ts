import { describe, expect, it } from '@jest/globals';
import { hashToPlace, linkTarget, placeToHash } from '../../../../sandbox/client/state/route.ts';

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
