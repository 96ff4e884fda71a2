import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { couldNotJoinMessage, joinAnswer } from '../../../src/slack/views/join.ts';
import { openedMessage, unknownStatusReply, unknownWordReply } from '../../../src/slack/views/livechat.ts';
import { droppedMessage, takenMessage, welcomeMessage } from '../../../src/slack/views/welcome.ts';
import { customers, expectHarmless, expectMessage, expertiseNames, note, place, time, userId } from './nasty.ts';

describe('what people are told', () => {
  it('of their part is valid and harmless with any names', () => {
    fc.assert(
      fc.property(expertiseNames, expertiseNames, (expertise, desks) =>
        expectMessage(welcomeMessage({ expertise, desks })),
      ),
    );
    fc.assert(fc.property(expertiseNames, (expertise) => expectMessage(takenMessage(expertise))));
    fc.assert(
      fc.property(note, fc.constantFrom('shared' as const, 'guest' as const, 'archived' as const), (deskName, reason) =>
        expectMessage(droppedMessage({ channelId: 'C1', reason, deskName: deskName.slice(0, 60) })),
      ),
    );
  });

  it('after pressing Join is valid and harmless, however it ended', () => {
    const lost = fc.record({
      conversationId: fc.constant('c1'),
      winner: fc.constant('<!here>'),
      winnerId: userId,
      at: time,
    });
    fc.assert(
      fc.property(place, lost, (where, how) => {
        expectMessage(joinAnswer({ outcome: 'claimed', ...where }));
        expectMessage(joinAnswer({ outcome: 'already_in', ...where }));
        expectMessage(joinAnswer({ outcome: 'lost', ...where, ...how }));
      }),
    );
    const seat = {
      seatId: 's',
      conversationId: 'c',
      userId: 'UANA',
      liveChatName: '<!here>',
      state: 'refused',
      requestId: 'r',
      invitedBy: '',
      isClosed: false,
      isNext: false,
      isLookingForHelp: true,
    } as const;
    fc.assert(
      fc.property(place, fc.constantFrom('is_archived', 'cant_invite', 'no_answer', 'unheard_of'), (where, reason) =>
        expectMessage(couldNotJoinMessage({ ...seat, ...where }, reason)),
      ),
    );
  });

  it('after a command is harmless, whatever was typed', () => {
    fc.assert(
      fc.property(note, customers, (typed, names) => {
        expectMessage(openedMessage({ conversationId: 'c1', customers: names }));
        expectHarmless([unknownStatusReply(typed), unknownWordReply(typed, undefined)]);
      }),
    );
  });
});
