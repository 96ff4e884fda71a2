import { describe, expect, it } from '@jest/globals';
import {
  errorLines,
  messageTooLong,
  problemLine,
  validateMessageBlocks,
  validateOptionsAnswer,
  validateView,
  viewTooLarge,
} from '../../../sandbox/blockkit/validate.ts';
import {
  actions,
  button,
  divider,
  element,
  elements,
  home,
  input,
  modal,
  mrkdwn,
  options,
  plain,
  section,
  withAccessory,
} from './samples.ts';

const smiles = (count: number) => [section({ text: mrkdwn('😀'.repeat(count)) })];
const lines = (...blocks: unknown[]) => validateMessageBlocks(blocks).map(problemLine);

describe('what Slack accepts', () => {
  it.each([
    ['no blocks at all', []],
    ['fifty blocks', Array.from({ length: 50 }, () => divider)],
    ['a section of 3000 characters', [section({ text: mrkdwn('x'.repeat(3000)) })]],
    ['emoji counted as one character each', [{ type: 'header', text: plain('😀'.repeat(150)) }]],
    ['ten fields', [{ type: 'section', fields: Array.from({ length: 10 }, () => plain('f')) }]],
    [
      'a context of pictures and texts',
      [
        {
          type: 'context',
          elements: [
            mrkdwn('by *Ana*'),
            plain('x'),
            { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a' },
          ],
        },
      ],
    ],
    ['twenty-five buttons', [actions(...Array.from({ length: 25 }, () => button()))]],
    ['a picture', [{ type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a', title: plain('A') }]],
    [
      'equal action ids in different blocks',
      [actions(button({ action_id: 'join' })), actions(button({ action_id: 'join' }))],
    ],
    ['a property set to undefined, which JSON does not carry', [section({ accessory: undefined })]],
  ])('takes %s in a message', (_what, blocks) => {
    expect(validateMessageBlocks(blocks)).toEqual([]);
  });

  it.each(Object.keys(elements))('takes %s in its fullest form in a modal', (type) => {
    expect(validateView(modal({ blocks: [input(element(type))] }), 'modal')).toEqual([]);
  });

  it.each([
    [
      'a modal with everything',
      modal({
        close: plain('c'.repeat(24)),
        private_metadata: 'm'.repeat(3000),
        callback_id: 'c'.repeat(255),
        external_id: 'e'.repeat(255),
        clear_on_close: true,
        notify_on_close: true,
        blocks: Array.from({ length: 100 }, () => divider),
      }),
    ],
    ['a modal without inputs or submit', { type: 'modal', title: plain('T'), blocks: [divider] }],
  ])('takes %s', (_what, view) => {
    expect(validateView(view, 'modal')).toEqual([]);
  });

  it('takes a Home of a hundred blocks', () => {
    const blocks = Array.from({ length: 100 }, () => divider);
    expect(validateView(home({ blocks }), 'home')).toEqual([]);
  });

  it('takes a modal whose inputs are in an actions block without a submit button', () => {
    const blocks = [actions(element('static_select'))];
    expect(validateView({ type: 'modal', title: plain('T'), blocks }, 'modal')).toEqual([]);
  });
});

describe('what Slack refuses in messages, in its words', () => {
  it.each<[string, unknown[], string[]]>([
    [
      'a 51st block',
      Array.from({ length: 51 }, () => divider),
      ['no more than 50 items allowed [json-pointer:/blocks]'],
    ],
    [
      'a long text',
      [section({ text: mrkdwn('x'.repeat(3001)) })],
      ['must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
    ],
    [
      'an empty text',
      [section({ text: mrkdwn('') })],
      ['must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    ],
    [
      'an empty section',
      [{ type: 'section' }],
      ['must define either `text` or `fields` [json-pointer:/blocks/0/type]'],
    ],
    [
      'an eleventh field',
      [{ type: 'section', fields: Array.from({ length: 11 }, () => plain('f')) }],
      ['no more than 10 items allowed [json-pointer:/blocks/0/fields]'],
    ],
    [
      'a field of 2001 characters',
      [{ type: 'section', fields: [plain('f'.repeat(2001))] }],
      ['must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]'],
    ],
    ['a text that is a string', [section({ text: 'Hello' })], ['must provide an object [json-pointer:/blocks/0/text]']],
    [
      'null for an object',
      [section({ accessory: null })],
      ['must provide an object [json-pointer:/blocks/0/accessory]'],
    ],
    ['a block that is none', ['divider'], ['must provide an object [json-pointer:/blocks/0]']],
    ['a block without a type', [{}], ['missing required field: type [json-pointer:/blocks/0]']],
    ['an unknown type', [{ type: 'constructor' }], ['unsupported type: constructor [json-pointer:/blocks/0/type]']],
    [
      'a modal-only block',
      [{ type: 'alert', text: plain('a') }],
      ['unsupported type: alert [json-pointer:/blocks/0/type]'],
    ],
    [
      'formatting in a header',
      [{ type: 'header', text: mrkdwn('*a*') }],
      ['unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]'],
    ],
    [
      'a header of 151 characters',
      [{ type: 'header', text: plain('😀'.repeat(151)) }],
      ['must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
    ],
    [
      'an emoji flag on mrkdwn',
      [section({ text: { ...mrkdwn('a'), emoji: true } })],
      ['invalid additional property: emoji [json-pointer:/blocks/0/text]'],
    ],
    ['no elements', [actions()], ['must provide at least 1 items [json-pointer:/blocks/0/elements]']],
    [
      'a 26th button',
      [actions(...Array.from({ length: 26 }, () => button()))],
      ['no more than 25 items allowed [json-pointer:/blocks/0/elements]'],
    ],
    [
      'an eleventh context element',
      [{ type: 'context', elements: Array.from({ length: 11 }, () => plain('c')) }],
      ['no more than 10 items allowed [json-pointer:/blocks/0/elements]'],
    ],
    [
      'a button in a context',
      [{ type: 'context', elements: [button()] }],
      ['unsupported type: button [json-pointer:/blocks/0/elements/0/type]'],
    ],
    [
      'a disabled button',
      [actions(button({ disabled: true }))],
      ['invalid additional property: disabled [json-pointer:/blocks/0/elements/0]'],
    ],
    [
      'a style that is none',
      [actions(button({ style: 'default' }))],
      ['must be a valid enum value [json-pointer:/blocks/0/elements/0/style]'],
    ],
    [
      'null as the style of a button',
      [actions(button({ style: null }))],
      ['must provide a string [json-pointer:/blocks/0/elements/0/style]'],
    ],
    [
      'an empty button value',
      [actions(button({ value: '' }))],
      ['must be more than 0 characters [json-pointer:/blocks/0/elements/0/value]'],
    ],
    [
      'a button text of 76 characters',
      [actions(button({ text: plain('b'.repeat(76)) }))],
      ['must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]'],
    ],
    [
      'a link that is none',
      [actions(button({ url: '/livechat' }))],
      ['input must be a valid: uri [json-pointer:/blocks/0/elements/0/url]'],
    ],
    [
      'an action id used twice in a block',
      [divider, actions(button({ action_id: 'join' }), button({ action_id: 'join' }))],
      ['`action_id` "join" already exists [json-pointer:/blocks/1/elements/1/action_id]'],
    ],
    [
      'a block id used twice',
      [section({ block_id: 'a' }), { type: 'divider', block_id: 'a' }],
      ['`block_id` "a" already exists [json-pointer:/blocks/1/block_id]'],
    ],
    [
      'an empty block id',
      [{ type: 'divider', block_id: '' }],
      ['must be more than 0 characters [json-pointer:/blocks/0/block_id]'],
    ],
    [
      'an action id of 256 characters',
      [actions(button({ action_id: 'a'.repeat(256) }))],
      ['must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]'],
    ],
    [
      'a multi-select in an actions block',
      [actions(element('multi_users_select'))],
      ['unsupported type: multi_users_select [json-pointer:/blocks/0/elements/0/type]'],
    ],
    [
      'an input element as an accessory',
      [withAccessory(element('plain_text_input'))],
      ['unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]'],
    ],
    [
      'a modal-only input',
      [input(element('email_text_input'))],
      ['unsupported type: email_text_input [json-pointer:/blocks/0/element/type]'],
    ],
    [
      'a sixth overflow option',
      [withAccessory({ type: 'overflow', options: options(6) })],
      ['no more than 5 items allowed [json-pointer:/blocks/0/accessory/options]'],
    ],
    [
      'a picture without description or address',
      [withAccessory({ type: 'image' })],
      [
        'missing required field: alt_text [json-pointer:/blocks/0/accessory]',
        'missing required field: image_url [json-pointer:/blocks/0/accessory]',
      ],
    ],
    [
      'half a confirmation',
      [actions(button({ confirm: { title: plain('Sure?') } }))],
      [
        'missing required field: text [json-pointer:/blocks/0/elements/0/confirm]',
        'missing required field: confirm [json-pointer:/blocks/0/elements/0/confirm]',
        'missing required field: deny [json-pointer:/blocks/0/elements/0/confirm]',
      ],
    ],
  ])('refuses %s', (_what, blocks, expected) => {
    expect(lines(...blocks)).toEqual(expected);
  });

  it('refuses blocks that are no list', () => {
    expect(validateMessageBlocks('[]').map(problemLine)).toEqual(['must provide an array [json-pointer:/blocks]']);
  });
});

describe('the answer to a select that asks for options', () => {
  it.each([
    ['a hundred options', { options: options(100) }],
    ['nothing found', { options: [] }],
    ['groups', { option_groups: [{ label: plain('Free now'), options: options(2) }] }],
  ])('may be %s', (_what, answer) => {
    expect(validateOptionsAnswer(answer)).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['101 options', { options: options(101) }, 'no more than 100 items allowed [json-pointer:/options]'],
    [
      'an empty group',
      { option_groups: [{ label: plain('Free now'), options: [] }] },
      'must provide at least 1 items [json-pointer:/option_groups/0/options]',
    ],
    ['neither', {}, 'missing required field: options [json-pointer:]'],
    ['nothing', null, 'must provide an object [json-pointer:]'],
  ])('may not be %s', (_what, answer, expected) => {
    expect(validateOptionsAnswer(answer).map(problemLine)).toEqual([expected]);
  });
});

describe('how it is said', () => {
  it('puts the line about the whole view first, as Slack does for views only', () => {
    const found = [{ message: 'must be less than 25 characters', pointer: '/view/title/text' }];
    const line = 'must be less than 25 characters [json-pointer:/view/title/text]';
    expect(errorLines(found, 'modal')).toEqual(['failed to match all allowed schemas [json-pointer:/view]', line]);
    expect(errorLines(found, 'message')).toEqual([line]);
    expect(errorLines([], 'home')).toEqual([]);
  });
});

describe('size', () => {
  it('finds blocks of more than 13,000 characters of JSON too long, counting characters', () => {
    const frame = JSON.stringify(smiles(0)).length;
    expect(messageTooLong(smiles(13_000 - frame))).toBe(false);
    expect(messageTooLong(smiles(13_001 - frame))).toBe(true);
  });

  it('finds views of more than 250 kB too large, counting bytes', () => {
    expect(viewTooLarge({ text: 'x'.repeat(249_000) })).toBe(false);
    expect(viewTooLarge({ text: 'é'.repeat(126_000) })).toBe(true);
  });
});
