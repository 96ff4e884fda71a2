import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  editDistance,
  matchName,
  readableText,
  readMentions,
  splitWord,
  readingsAround,
} from '../../src/domain/command-line.ts';
import { nameKey } from '../../src/domain/name.ts';

describe('a command', () => {
  it.each([
    ['', { word: '', rest: '' }],
    ['  list  ', { word: 'list', rest: '' }],
    ['NEW Billing & more', { word: 'new', rest: 'Billing & more' }],
    ['“new” "Billing"', { word: 'new', rest: '"Billing"' }],
    ['who\tBilling\nteam', { word: 'who', rest: 'Billing\nteam' }],
  ])('%j is taken apart', (text, parts) => {
    expect(splitWord(text)).toEqual(parts);
  });
});

describe('mentions', () => {
  it('are people wherever they stand, each once, and the rest is the name', () => {
    expect(readMentions('<@U1|ana>, <@W2> Billing <@U1>')).toEqual({
      userIds: ['U1', 'W2'],
      unresolved: [],
      text: 'Billing',
    });
  });

  it('that Slack could not resolve, and groups, are named', () => {
    expect(readMentions('@ana <!subteam^S1|@experts> Billing').unresolved).toEqual(['@experts', '@ana']);
  });

  it.each([
    ['R&amp;D', 'R&D'],
    ['&lt;b&gt;', '<b>'],
    ['<http://a.example|a.example>', 'a.example'],
    ['<http://a.example>', 'http://a.example'],
    ['<#C1|general>', '#general'],
    ['<!here>', '@here'],
    ['<!here|@here>', '@here'],
  ])('%j reads as %j', (escaped, text) => {
    expect(readableText(escaped)).toBe(text);
  });
});

describe('a typed name', () => {
  const named = ['Billing', 'Bills and dunning', 'Réseau', 'Node JS', 'Node'].map((name) => ({
    item: name,
    keys: name === 'Réseau' ? [nameKey(name), 'network'] : [nameKey(name)],
  }));

  it.each([
    ['billing', 'Billing'],
    ['“ BILLING ”', 'Billing'],
    ["'billing'", 'Billing'],
    ['bills', 'Bills and dunning'],
    ['node', 'Node'],
    ['node  js', 'Node JS'],
    ['re\u0301seau', 'Réseau'],
    ['network', 'Réseau'],
    ['netw', 'Réseau'],
    ['ｎｏｄｅ', 'Node'],
  ])('%j is %j', (typed, name) => {
    expect(matchName(typed, named)).toEqual({ kind: 'found', item: name });
  });

  it('that several begin with is answered with all of them', () => {
    expect(matchName('bill', named)).toEqual({ kind: 'several', items: ['Billing', 'Bills and dunning'] });
  });

  it.each([
    ['biling', 'Billing'],
    ['iblling', 'Billing'],
    ['reseeau', 'Réseau'],
    ['xyz', undefined],
    ['', undefined],
  ])('%j that nobody has is answered with %j', (typed, closest) => {
    expect(matchName(typed, named)).toEqual({ kind: 'none', closest });
  });
});

describe('the distance of two words', () => {
  it('is none exactly between equal ones, and the same both ways', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  it.each([
    ['edit', 'eidt', 1],
    ['list', 'lst', 1],
    ['me', 'who', 3],
    ['', 'abc', 3],
  ])('of %s and %s is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });
});

describe('"A into B"', () => {
  it.each([
    ['Money into Billing', [{ before: 'Money', after: 'Billing' }]],
    ['Money  INTO\tBilling', [{ before: 'Money', after: 'Billing' }]],
    ['Money into', [{ before: 'Money', after: '' }]],
    ['Pintos', []],
    [
      'into the sea into B',
      [
        { before: '', after: 'the sea into B' },
        { before: 'into the sea', after: 'B' },
      ],
    ],
  ])('is read from %j', (typed, readings) => {
    expect(readingsAround(typed, 'into')).toEqual(readings);
  });
});
