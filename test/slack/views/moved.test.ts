import { describe, expect, it } from '@jest/globals';
import { movedCallsMessage, movedCardMessage } from '../../../src/slack/views/moved.ts';
import { expectMessage } from './nasty.ts';

describe('a help card that moved', () => {
  it.each([
    ['C2', /This request for help is in <#C2> now/],
    ['', /goes on by Home and direct messages/],
  ])('says where it went: %j', (to, words) => {
    for (const message of [movedCardMessage(to), movedCallsMessage(to, ['UANA', 'UBEN', 'S1'])]) {
      expectMessage(message);
      expect(message.text).toMatch(words);
      expect(JSON.stringify(message.blocks)).not.toContain('button');
    }
  });

  it('leaves readable who was called, people and groups', () => {
    expect(movedCallsMessage('C2', ['UANA', 'UBEN', 'S1']).text).toContain('<@UANA>, <@UBEN> and <!subteam^S1>: ');
  });
});
