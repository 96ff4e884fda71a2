import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ListedToken } from '../../../src/services/token/list.ts';
import { readToken, revokedText, secretModal, tokenModal, tokensModal } from '../../../src/slack/views/tokens.ts';
import { expectModal, name, submit, typedText } from '../../support/forms.ts';
import { expectHarmless, time } from './nasty.ts';

const token: fc.Arbitrary<ListedToken> = fc.record({
  id: fc.uuid(),
  name,
  hint: fc.constantFrom('abcd', '_-_-'),
  speaksAs: fc.constantFrom('', 'UHELPER'),
  madeBy: fc.constant('UROOT'),
  madeAt: time,
  usedAt: fc.option(time, { nil: undefined }),
  webhookUrl: fc.constantFrom('', 'https://example.com/hook'),
  version: fc.nat(),
});

describe('tokens', () => {
  it('are listed validly, however many and whatever they are called', () => {
    fc.assert(
      fc.property(fc.array(token, { maxLength: 70 }), fc.boolean(), (tokens, revoked) => {
        expectModal(tokensModal(tokens));
        const said = tokensModal(tokens, revokedText(revoked));
        expectModal(said);
        expectHarmless(said);
      }),
    );
  });

  it('have a valid form, and are shown validly once', () => {
    fc.assert(
      fc.property(token, (one) => {
        expectModal(tokenModal(one));
        const shown = secretModal(one.name, `beckon_${'x'.repeat(43)}`);
        expectModal(shown);
        expectHarmless(shown);
      }),
    );
    expectModal(tokenModal());
  });

  it('are read as typed', () => {
    const form = submit(tokenModal(), { name: { name: typedText('Website') } });
    expect(readToken(form)).toEqual({ added: { name: 'Website', speaksAs: '' } });
  });
});
