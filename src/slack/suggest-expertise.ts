/** The search for expertise in every form that has one. */
import type { Deps } from '../services/deps.ts';
import { expertiseOptions } from '../services/expertise/options.ts';
import type { Search } from './act.ts';
import { actorOf } from './actor.ts';
import { suggested } from './modal.ts';
import { option } from './views/form.ts';

export const suggestExpertise = (asked: Search, deps: Deps): Promise<void> =>
  suggested(asked, async () => {
    const choices = await expertiseOptions(deps, actorOf(asked), asked.options.value);
    return choices.map(({ id, name }) => option(name, id));
  });
