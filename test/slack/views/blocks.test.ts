import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ago,
  escape,
  messageModal,
  modal,
  savingModal,
  safeName,
  section,
  withAlert,
} from '../../../src/slack/views/blocks.ts';
import { expectModal } from '../../support/forms.ts';

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

describe('what people typed', () => {
  it('is escaped so that Slack shows it as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(escape(text)).not.toMatch(/[<>]/);
        expect(unescaped(escape(text))).toBe(text);
      }),
    );
  });

  it('ends no bold or code it stands in', () => {
    expect(safeName('*a*_b_`c`')).not.toMatch(/[*_`](?!\u200b)/);
  });
});

describe('a time', () => {
  it('counts for whoever reads it, and says when in words where it cannot', () => {
    expect(ago('2026-03-02T09:00:00.000Z')).toBe('<!date^1772442000^{ago}|2026-03-02 09:00 UTC>');
  });
});

describe('a modal', () => {
  it('that says one thing is valid however long it is', () => {
    expectModal(messageModal('A title that is longer than Slack allows it to be', '😀'.repeat(4000)));
    expect(section('x'.repeat(3001)).text?.text).toHaveLength(3000);
  });

  it('has one message above its form, the last, and its form stays', () => {
    const form = modal('Form', [{ ...section('One'), block_id: 'one' }], { callbackId: 'form', metadata: { id: 'x' } });
    const alerted = withAlert(withAlert(savingModal(form), 'First'), 'Second');
    expect(alerted.blocks.map((block) => block.block_id)).toEqual(['alert', 'one']);
    expect(JSON.stringify(alerted.blocks[0])).toContain(':warning: Second');
    expect(alerted.private_metadata).toBe('{"id":"x"}');
  });

  it('that is being saved cannot be saved as what it was', () => {
    const saving = savingModal(modal('Form', [section('One')], { callbackId: 'form', submit: 'Save' }));
    expect(saving.callback_id).not.toBe('form');
    expect(JSON.stringify(saving.blocks)).toContain('Saving…');
  });
});
