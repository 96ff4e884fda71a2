import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { WebhookForm } from '../../../src/services/token/webhook-form.ts';
import {
  readWebhook,
  savedText,
  testedText,
  webhookGoneMessage,
  webhookModal,
  webhookSecretModal,
} from '../../../src/slack/views/webhook.ts';
import { expectModal, name, submit } from '../../support/forms.ts';
import { expectMessage, time } from './nasty.ts';

const form: WebhookForm = {
  tokenId: 'bot',
  name: 'Website bot',
  url: 'https://bot.example.com/hook',
  goneAt: undefined,
  canSign: true,
  sentAt: '2026-03-02T09:00:00.000Z',
  waiting: 0,
  setAside: 0,
  error: '',
  nextAt: undefined,
};
const words = (change: Partial<WebhookForm>, said?: string) =>
  JSON.stringify(webhookModal({ ...form, ...change }, said));

const forms: fc.Arbitrary<WebhookForm> = fc.record({
  tokenId: fc.uuid(),
  name,
  url: fc.constantFrom('', 'https://bot.example.com/hook', `https://bot.example.com/${'ä'.repeat(1900)}`),
  goneAt: fc.option(time, { nil: undefined }),
  canSign: fc.boolean(),
  sentAt: fc.option(time, { nil: undefined }),
  waiting: fc.nat(),
  setAside: fc.nat(),
  error: fc.oneof(fc.constantFrom('', '<!channel> & <@U1>', '&'.repeat(500)), fc.string({ maxLength: 500 })),
  nextAt: fc.option(time, { nil: undefined }),
});

describe('the webhook of a token', () => {
  it('is shown validly, whatever it is and whatever happened to it', () => {
    fc.assert(
      fc.property(forms, fc.string({ maxLength: 500 }), (data, error) => {
        expectModal(webhookModal(data));
        expectModal(webhookModal(data, testedText(error)));
        expectMessage(webhookGoneMessage(data.name));
      }),
    );
    expectModal(webhookSecretModal(`whsec_${'x'.repeat(44)}`));
  });

  it('says that all is well, or why not and when it is tried next', () => {
    expect(words({})).toContain('All is well');
    const failing = words({ error: 'The endpoint answered 500.', waiting: 3, nextAt: '2026-03-02T09:05:00.000Z' });
    expect(failing).toMatch(/The endpoint answered 500\. 3 wait, the next attempt is at/);
    expect(failing).not.toContain('All is well');
    expect(words({ setAside: 2 })).toContain('2 webhooks were given up');
    expect(words({ goneAt: '2026-03-02T09:00:00.000Z' })).toContain('gone for good');
  });

  it('offers nothing to press before there is an address, and no form where nothing can be signed', () => {
    expect(words({ url: '' })).not.toContain('Send a test');
    expect(words({})).toContain('Send a test');
    const unsigned = words({ canSign: false });
    expect(unsigned).toContain('BECKON_SECRET');
    expect(unsigned).not.toMatch(/plain_text_input|Send a test/);
  });

  it('is read as typed', () => {
    const typed = { url: { url: { value: 'https://other.example.com' } } };
    const read = readWebhook(submit(webhookModal(form, savedText), typed));
    expect(read).toEqual({ tokenId: 'bot', url: 'https://other.example.com' });
  });
});
