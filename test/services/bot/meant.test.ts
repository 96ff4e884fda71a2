import { beforeEach, expect, it } from '@jest/globals';
import { expertiseNamed } from '../../../src/services/bot/meant.ts';
import { insertAlias } from '../../../src/store/expertise.ts';
import { transaction } from '../../../src/store/db.ts';
import { makeExpertise, makeWorkspace, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';

const HUNDRED = Array.from({ length: 100 }, (_, index) => `Subject ${String(index).padStart(3, '0')} of many`);

describeOnBoth('Expertise that a bot names', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    for (const workspaceId of ['T1', 'T2']) await makeWorkspace(deps.db, workspaceId);
    await makeExpertise(deps.db, 'Billing', { id: 'e1' });
    await makeExpertise(deps.db, 'Refunds', { id: 'e2' });
    await makeExpertise(deps.db, 'Refusals', { id: 'e3' });
    await makeExpertise(deps.db, 'Elsewhere', { id: 'e4', workspaceId: 'T2' });
    await transaction(deps.db, (trx) => insertAlias(trx, 'T1', 'invoices', 'e1'));
    await transaction(deps.db, (trx) => insertAlias(trx, 'T2', 'abroad', 'e4'));
    await deps.db('expertise_merges').insert({ workspace_id: 'T1', old_id: 'e0', expertise_id: 'e1' });
  });

  const meant = async (...named: string[]) => (await expertiseNamed(deps.db, 'T1', named)).map(({ name }) => name);

  it.each([
    ['its id', 'e1'],
    ['the id of one merged into it', 'e0'],
    ['its name, whatever its case and spaces', '  BILLING '],
    ['its name in quotes', '“Billing”'],
    ['its old name', 'Invoices'],
    ['a beginning that fits only one', 'bil'],
    ['the beginning of its old name', 'inv'],
  ])('is meant by %s', async (_how, named) => {
    expect(await meant(named)).toEqual(['Billing']);
  });

  it('is there once however often it is meant, by name', async () => {
    expect(await meant('e2', 'Invoices', 'refunds', 'e1', 'e0', 'Billing', 'bill')).toEqual(['Billing', 'Refunds']);
    expect(await meant()).toEqual([]);
  });

  it('is meant by an id before a name, and by a name before an old one', async () => {
    await makeExpertise(deps.db, 'e2', { id: 'e5' });
    await makeExpertise(deps.db, 'Invoices', { id: 'e6' });
    expect(await meant('e2')).toEqual(['Refunds']);
    expect(await meant('invoices')).toEqual(['Invoices']);
  });

  it.each([
    [['Billing', 'Refundz', 'Nothing'], 'expertise[1]', 'There is no expertise “Refundz”. Did you mean “Refunds”?'],
    [['e1', 'ref'], 'expertise[1]', 'There is no expertise “ref”. Did you mean “Refunds” or “Refusals”?'],
    [['Elsewhere'], 'expertise[0]', 'There is no expertise “Elsewhere”.'],
    [['e4'], 'expertise[0]', 'There is no expertise “e4”.'],
    [['abroad'], 'expertise[0]', 'There is no expertise “abroad”.'],
    [['“”'], 'expertise[0]', expect.stringContaining('There is no expertise')],
  ])('is refused where there is none: %j', async (named, field, message) => {
    await expect(meant(...named)).rejects.toMatchObject({ code: 'invalid', field, message });
  });

  const queriesOf = async (named: readonly string[]): Promise<number> => {
    let queries = 0;
    const count = () => {
      queries += 1;
    };
    deps.db.on('query', count);
    const found = await expertiseNamed(deps.db, 'T1', named);
    deps.db.removeListener('query', count);
    expect(found).toHaveLength(named.length);
    return queries;
  };

  it('costs as many queries where a hundred are named as where one is', async () => {
    for (const name of HUNDRED) await makeExpertise(deps.db, name);
    expect(await queriesOf(HUNDRED)).toBe(1);
    expect(await queriesOf(HUNDRED.slice(0, 1))).toBe(1);
    const begun = HUNDRED.map((name) => name.slice(0, 11));
    expect(await queriesOf(begun)).toBe(3);
    expect(await queriesOf(begun.slice(0, 1))).toBe(3);
  });
});
