import { describe, expect, it } from '@jest/globals';
import type { Channel } from '../../../../sandbox/protocol.ts';
import {
  channelRows,
  chosenRows,
  matchingRows,
  optionRows,
  rowsToValue,
  selectKind,
} from '../../../../sandbox/client/blocks/select-model.ts';

const option = (text: string) => ({ text: { type: 'plain_text' as const, text }, value: text.toLowerCase() });
const channel = (id: string, kind: Channel['kind'], more: Partial<Channel> = {}): Channel => ({
  id,
  kind,
  name: id.toLowerCase(),
  topic: '',
  archived: false,
  external: false,
  member: true,
  memberIds: [],
  unread: 0,
  ...more,
});

describe('select menus', () => {
  it.each([
    ['static_select', { kind: 'static', many: false }],
    ['multi_external_select', { kind: 'external', many: true }],
    ['multi_conversations_select', { kind: 'conversations', many: true }],
  ])('know what %s offers', (type, expected) => {
    expect(selectKind(type)).toEqual(expected);
  });

  it('head the options of a group with its name', () => {
    const rows = optionRows({ option_groups: [{ label: option('Mine').text, options: [option('Billing')] }] });
    expect(rows).toMatchObject([{ key: 'billing', label: 'Billing', group: 'Mine' }]);
  });

  it('find rows by every word typed, in any case', () => {
    const rows = optionRows({ options: [option('Single sign-on'), option('Billing')] });
    expect(matchingRows(rows, 'SIGN single').map((row) => row.key)).toEqual(['single sign-on']);
  });

  it('offer channels under the filter of the element', () => {
    const channels = [channel('A', 'public'), channel('B', 'private', { external: true }), channel('C', 'im')];
    const ids = (element: object) =>
      channelRows(channels, [], { type: 'conversations_select', ...element }).map((row) => row.key);
    expect(ids({})).toEqual(['A', 'B', 'C']);
    expect(ids({ filter: { include: ['public', 'private'], exclude_external_shared_channels: true } })).toEqual(['A']);
    expect(ids({ type: 'channels_select' })).toEqual(['A']);
  });

  it('leave out archived channels', () => {
    expect(channelRows([channel('A', 'public', { archived: true })], [], { type: 'channels_select' })).toEqual([]);
  });

  it.each(['static_select', 'multi_static_select', 'users_select', 'multi_channels_select'])(
    'give back what was chosen in a %s',
    (type) => {
      const rows = [{ key: 'billing', label: 'Billing', option: option('Billing') }];
      expect(chosenRows(type, rowsToValue(type, rows), rows)).toMatchObject([{ key: 'billing', label: 'Billing' }]);
    },
  );

  it('hold nothing when nothing is chosen', () => {
    expect(rowsToValue('static_select', [])).toEqual({ selected_option: null });
    expect(rowsToValue('multi_users_select', [])).toEqual({ selected_users: [] });
  });
});
