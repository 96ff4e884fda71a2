import { describe, expect, it } from '@jest/globals';
import { baseLanguage, languageAtEnd, languageName, LANGUAGES, languagesOf } from '../../src/domain/languages.ts';

describe('languages', () => {
  it('have two letters and a name, each once', () => {
    expect(LANGUAGES.length).toBeGreaterThan(180);
    expect(new Set(LANGUAGES.map(({ code }) => code)).size).toBe(LANGUAGES.length);
    expect(LANGUAGES.filter(({ code, name }) => !/^[a-z]{2}$/.test(code) || name === '')).toEqual([]);
  });

  it.each([
    ['en-US', 'en'],
    ['pt_BR', 'pt'],
    ['DE', 'de'],
    ['', undefined],
    ['xx-YY', undefined],
  ])('of the locale %j is %j', (locale, code) => {
    expect(baseLanguage(locale)).toBe(code);
  });

  it('are the Slack locale until somebody says otherwise', () => {
    expect(languagesOf([], 'fr-FR')).toEqual(['fr']);
    expect(languagesOf(['nl', 'en'], 'fr-FR')).toEqual(['nl', 'en']);
    expect(languagesOf([], '')).toEqual([]);
  });

  it.each([
    ['Refunds French', 'Refunds', 'fr'],
    ['Refunds in [FRENCH]', 'Refunds', 'fr'],
    ['Sealing wax church slavonic', 'Sealing wax', 'cu'],
    ['Refunds nl', 'Refunds', 'nl'],
    ['French', '', 'fr'],
  ])('stand behind other words: %j is %j and %j', (typed, before, code) => {
    expect(languageAtEnd(typed)).toEqual({ before, code });
  });

  it('are not read out of other words', () => {
    expect(languageAtEnd('French fries')).toBeUndefined();
    expect(languageAtEnd('')).toBeUndefined();
  });

  it('are named in English', () => {
    expect(languageName('nl')).toBe('Dutch');
  });
});
