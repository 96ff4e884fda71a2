import { describe, expect, it } from '@jest/globals';
import type { Person } from '../../../../sandbox/protocol.ts';
import { suggestFor, typingAt } from '../../../../sandbox/client/channel/suggest.ts';

const person = (name: string, realName: string, deactivated = false): Person => ({
  id: name,
  name,
  realName,
  displayName: realName,
  role: 'member',
  title: '',
  teamId: 'T1',
  company: '',
  timeZone: 'UTC',
  locale: 'en-US',
  presence: 'active',
  dndUntil: 0,
  huddle: false,
  statusEmoji: '',
  statusText: '',
  deactivated,
  initials: '',
  color: '',
});
const known = {
  commands: [
    { command: '/expertise', description: 'Who knows what', usageHint: '[list]' },
    { command: '/livechat', description: 'Help a customer', usageHint: '' },
  ],
  people: [person('ana', 'Ana Silva'), person('ben', 'Ben Okafor'), person('abe', 'Abe Gone', true)],
  channels: [],
};

describe('what is being typed', () => {
  it.each([
    ['/exp', { kind: '/', word: 'exp', start: 0 }],
    ['hello @an', { kind: '@', word: 'an', start: 6 }],
    ['(#ac', { kind: '#', word: 'ac', start: 1 }],
    [':ta', { kind: ':', word: 'ta', start: 0 }],
  ])('is seen in %s', (text, typing) => {
    expect(typingAt(text, text.length)).toEqual(typing);
  });

  it.each(['a /exp', '/expertise list', 'mail@example', 'at 10:30', 'words'])('is nothing special in %s', (text) => {
    expect(typingAt(text, text.length)).toBeUndefined();
  });

  it('is the word at the caret, not the last one', () => {
    expect(typingAt('@an and more', 3)).toMatchObject({ kind: '@', word: 'an' });
  });
});

function inserts(text: string): string[] {
  const typing = typingAt(text, text.length);
  return typing ? suggestFor(typing, known).map((each) => each.insert) : [];
}

describe('suggestions', () => {
  it('offer commands with their hints', () => {
    expect(suggestFor({ kind: '/', word: 'e', start: 0 }, known)).toMatchObject([
      { label: '/expertise [list]', detail: 'Who knows what', insert: '/expertise ' },
    ]);
  });

  it('find people by any of their names and leave out who is gone', () => {
    expect(inserts('@sil')).toEqual(['@ana ']);
    expect(inserts('@a')).toEqual(['@ana ']);
  });

  it('offer emoji by name', () => {
    expect(inserts(':tada')[0]).toBe(':tada: ');
  });
});
