import { describe, expect, it } from '@jest/globals';
import { withIds } from '../../../sandbox/blockkit/ids.ts';
import { validateView } from '../../../sandbox/blockkit/validate.ts';
import { actions, button, divider, input, modal, section } from './samples.ts';

describe('names for what the app left nameless', () => {
  it('gives every block and every interactive element an id, keeps those there are, and stays valid', () => {
    let last = 0;
    const named = withIds(
      [
        divider,
        section({ block_id: 'kept', accessory: button() }),
        actions(button({ action_id: 'kept' }), { type: 'datepicker' }),
        input({ type: 'plain_text_input' }),
        section({ accessory: { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a' } }),
      ],
      () => `id${(last += 1)}`,
    );
    expect(named).toMatchObject([
      { block_id: 'id1' },
      { block_id: 'kept', accessory: { action_id: 'id2' } },
      { block_id: 'id3', elements: [{ action_id: 'kept' }, { action_id: 'id4' }] },
      { block_id: 'id5', element: { action_id: 'id6' } },
      { block_id: 'id7' },
    ]);
    expect(validateView(modal({ blocks: named }), 'modal')).toEqual([]);
  });
});
