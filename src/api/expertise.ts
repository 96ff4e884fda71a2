/** What a bot can ask for. */
import { z } from 'zod';
import { expertiseForBot } from '../services/bot/expertise.ts';
import { route } from './route.ts';
import { nothing } from './shapes.ts';

export const listExpertise = route({
  method: 'get',
  path: '/expertise',
  id: 'listExpertise',
  summary: 'All expertise, by name',
  params: nothing,
  query: nothing,
  answer: z.object({
    expertise: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        description: z.string(),
        agents: z.int().describe('How many have it'),
      }),
    ),
  }),
  answers: 'ExpertiseList',
  status: 200,
  refuses: [],
  run: async ({ deps, bot }) => ({
    expertise: (await expertiseForBot(deps, bot)).map(({ holders, ...one }) => ({ ...one, agents: holders })),
  }),
});
