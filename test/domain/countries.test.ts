import { describe, expect, it } from '@jest/globals';
import { COUNTRIES, countryName, isCountryOrNone } from '../../src/domain/countries.ts';

describe('countries', () => {
  it('are all of ISO 3166, each once, by name', () => {
    expect(COUNTRIES).toHaveLength(249);
    expect(new Set(COUNTRIES.map(({ code }) => code)).size).toBe(249);
    expect(COUNTRIES.filter(({ code, name }) => name === code || name === '')).toEqual([]);
    expect(COUNTRIES.map(({ name }) => name).slice(0, 2)).toEqual(['Afghanistan', 'Åland Islands']);
  });

  it('are known by code', () => {
    expect(countryName('PT')).toBe('Portugal');
    expect(['', 'PT', 'pt', 'XX', 'Portugal'].map(isCountryOrNone)).toEqual([true, true, false, false, false]);
  });
});
