import { validateView } from '../../blockkit/validate.ts';
import { faultText } from '../blocks.ts';
import { isObject, type Json, textOf } from '../json.ts';
import { viewObject } from '../payloads.ts';
import type { Slack } from '../slack.ts';
import type { StoredView } from '../state.ts';
import { type SpentTrigger, spendTrigger } from '../triggers.ts';
import { MAX_STACK, openView, publishHome, pushView, replaceView, stackOf } from '../views.ts';
import { jsonArgument, type Methods, refuse, refuseArguments, text } from './method.ts';

/** The size is folklore, not documented; anything near it is a mistake. */
const MAX_VIEW_BYTES = 250_000;

export const views: Methods = {
  'views.open': {
    scopes: [],
    tier: 4,
    required: ['view'],
    run: (slack, args) => {
      const view = readView(args, 'modal');
      const trigger = spend(slack, args);
      uniqueExternalId(slack, view);
      return { view: viewObject(slack.state, openView(slack, trigger.user, view)) };
    },
  },
  'views.push': {
    scopes: [],
    tier: 4,
    required: ['view'],
    run: (slack, args) => {
      const view = readView(args, 'modal');
      const trigger = spend(slack, args);
      const stack = stackOf(slack, trigger.user);
      if (trigger.view === undefined || !stack.includes(trigger.view)) refuse('not_found');
      if (stack.length >= MAX_STACK) refuse('push_limit_reached');
      uniqueExternalId(slack, view);
      return { view: viewObject(slack.state, pushView(slack, trigger.user, view)) };
    },
  },
  'views.update': {
    scopes: [],
    tier: 4,
    required: ['view'],
    run: (slack, args) => {
      const stored = named(slack, args);
      const view = readView(args, stored.type);
      checkHash(args, stored);
      uniqueExternalId(slack, view, stored.id);
      return { view: viewObject(slack.state, replaceView(slack, stored, view)) };
    },
  },
  'views.publish': {
    scopes: [],
    tier: 4,
    required: ['user_id', 'view'],
    run: (slack, args) => {
      if (slack.manifest.features?.app_home?.home_tab_enabled === false) refuse('not_enabled');
      const view = readView(args, 'home');
      const person = slack.state.people[text(args, 'user_id')];
      if (person === undefined || person.role === 'bot') return refuse('user_not_found');
      const stored = slack.state.views[slack.state.homes[person.id] ?? ''];
      if (stored !== undefined) checkHash(args, stored);
      uniqueExternalId(slack, view, stored?.id);
      return { view: viewObject(slack.state, publishHome(slack, person.id, view)) };
    },
  },
};

function readView(args: Json, surface: 'modal' | 'home'): Json {
  const given = jsonArgument(args, 'view');
  const view = given.given ? given.value : undefined;
  if (!isObject(view)) return refuseArguments('must provide an object [json-pointer:/view]');
  if (JSON.stringify(view).length > MAX_VIEW_BYTES) return refuse('view_too_large');
  const faults = validateView(view, surface).map(faultText);
  return faults.length > 0 ? refuseArguments(...faults) : view;
}

function spend(slack: Slack, args: Json): SpentTrigger {
  const id = text(args, 'trigger_id');
  if (id === '') return refuseArguments('missing required field: trigger_id [json-pointer:/]');
  const spent = spendTrigger(slack, id);
  return typeof spent === 'string' ? refuse(spent) : spent;
}

function named(slack: Slack, args: Json): StoredView {
  const id = text(args, 'view_id');
  const external = text(args, 'external_id');
  if (id !== '' && external !== '') return refuseArguments('Cannot provide both `view_id` and `external_id`');
  if (id === '' && external === '') return refuseArguments('missing required field: view_id [json-pointer:/]');
  const found = id === '' ? byExternalId(slack, external) : slack.state.views[id];
  return found ?? refuse('not_found');
}

function byExternalId(slack: Slack, external: string): StoredView | undefined {
  return Object.values(slack.state.views).find((view) => view.externalId === external);
}

function checkHash(args: Json, stored: StoredView): void {
  const hash = text(args, 'hash');
  if (hash !== '' && hash !== stored.hash) refuse('hash_conflict');
}

/** Unique in the workspace, whoever's view it is. */
function uniqueExternalId(slack: Slack, view: Json, except?: string): void {
  const external = textOf(view['external_id']);
  const holder = external === '' ? undefined : byExternalId(slack, external);
  if (holder !== undefined && holder.id !== except) refuse('duplicate_external_id');
}
