import { describe, expect, it } from '@jest/globals';
import { laneOf, type Notice } from '../../src/domain/notice.ts';

const conversation = { conversationId: 'c1' };

describe('a notice travels in the lane', () => {
  it.each<[string, Notice]>([
    ['conversation:c1', { kind: 'seat.claimed', ...conversation, seatId: 's1' }],
    ['conversation:c1', { kind: 'customer.joined', ...conversation, seatId: 's1' }],
    ['conversation:c1', { kind: 'seat.failed', ...conversation, seatId: 's1', reason: 'is_archived' }],
    ['conversation:c1', { kind: 'help.card', ...conversation, requestId: 'r1' }],
    ['conversation:c1', { kind: 'help.called', ...conversation, requestId: 'r1', callIds: ['k1'] }],
    ['conversation:c1', { kind: 'help.called_direct', ...conversation, requestId: 'r1', callId: 'k1' }],
    ['conversation:c1', { kind: 'help.over', ...conversation, requestId: 'r1' }],
    ['person:UANA', { kind: 'person.welcomed', userId: 'UANA', expertiseIds: [], deskIds: [] }],
    ['person:UANA', { kind: 'help_channel.dropped', userId: 'UANA', deskId: 'd1', channelId: 'C1', reason: 'shared' }],
    ['home:UANA', { kind: 'home.changed', userId: 'UANA' }],
  ])('%s: %j', (lane, notice) => {
    expect(laneOf(notice)).toBe(lane);
  });
});
