/** The customers of a conversation, in its panel: shown and changed where they are few, else added and removed. */
import type { KnownBlock, MultiExternalSelect, PlainTextOption } from '@slack/types';
import type { SetChange } from '../../domain/change.ts';
import { counted } from '../../domain/wording.ts';
import type { CustomerChoice } from '../../services/conversation/customers.ts';
import type { Panel } from '../../services/conversation/panel.ts';
import { plain, section } from './blocks.ts';
import { input, option, readChoices, readChoiceSet, type SubmittedForm } from './form.ts';

export const ids = {
  /** People who can be customers are suggested as people type. */
  options: 'panel.customers',
  /** Customers it has are. */
  current: 'panel.current_customers',
} as const;

/** Above this many a form adds and removes them instead of showing all. */
const SHOWN_MAX = 50;

const KINDS: Record<CustomerChoice['kind'], string> = {
  guest: 'Guest',
  outsider: 'From another organization',
  colleague: 'Colleague',
};

/** Two people may have one name: then both are told by their real one, or by their Slack id. */
export function customerOption(choice: CustomerChoice, all: readonly CustomerChoice[]): PlainTextOption {
  const { id, name, realName, kind } = choice;
  const sameName = all.filter((other) => other.name === name);
  const isSame = sameName.some((other) => other.id !== id && other.realName === realName);
  const facts = [KINDS[kind], ...(realName === name ? [] : [realName]), ...(isSame ? [id] : [])];
  return { ...option(name, id), description: option(facts.join(' · '), id).text };
}

const search = (chosen: readonly PlainTextOption[] = []): MultiExternalSelect => ({
  type: 'multi_external_select',
  min_query_length: 0,
  placeholder: plain('Type a name'),
  ...(chosen.length > 0 && { initial_options: [...chosen] }),
});

const HINT =
  'Guests and people from other organizations in this channel. Anyone you remove stays out, even if they write again.';
const THREAD_HINT = 'Whoever asks in this thread. Anyone you remove stays out, even if they write again.';

export function customersInputs({ customers, threadTs }: Pick<Panel, 'customers' | 'threadTs'>): KnownBlock[] {
  const hint = threadTs === '' ? HINT : THREAD_HINT;
  if (customers.length <= SHOWN_MAX) {
    const chosen = customers.map(({ id, name }) => option(name, id));
    return [input('customers', 'Customers', search(chosen), { optional: true, actionId: ids.options, hint })];
  }
  return [
    section(`It has *${counted(customers.length, 'customer')}*, too many to show here.`),
    input('customers', 'Add customers', search(), { optional: true, actionId: ids.options, hint }),
    input('former_customers', 'Remove customers', search(), { optional: true, actionId: ids.current }),
  ];
}

/** What was added and taken out; undefined where nothing was. */
export function readCustomers(form: SubmittedForm): SetChange | undefined {
  const { add, remove } = readChoiceSet(form, 'customers');
  const removed = [...remove, ...readChoices(form, 'former_customers')];
  const added = add.filter((id) => !removed.includes(id));
  return added.length + removed.length === 0 ? undefined : { add: added, remove: removed };
}
