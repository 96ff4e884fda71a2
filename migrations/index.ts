/**
 * All migrations in order. Names carry no file ending and nothing is read from a folder, so the same list holds when run as
 * TypeScript and as built JavaScript. A migration that has been released is never edited; add the next one.
 */
import { workspacesAndPeople } from './0001-workspaces-and-people.ts';
import { expertiseAgentsAndDesks } from './0002-expertise-agents-and-desks.ts';
import { conversationsAndHelp } from './0003-conversations-and-help.ts';
import { traffic } from './0004-traffic.ts';
import { theHumanSide } from './0005-the-human-side.ts';
import { mergedExpertise } from './0006-merged-expertise.ts';
import { callingOn } from './0007-calling-on.ts';
import { forwarding } from './0008-forwarding.ts';
import { bots } from './0009-bots.ts';
import { undelivered } from './0020-undelivered.ts';
import { webhooks } from './0022-webhooks.ts';
import { byHand } from './0021-by-hand.ts';
import { lateEvents } from './0025-late-events.ts';
import { workflowSteps } from './0027-workflow-steps.ts';
import { findingPeople } from './0030-finding-people.ts';
import { whyHelp } from './0032-why-help.ts';
import { desksOfPeople } from './0034-desks-of-people.ts';
import { setClocks } from './0040-set-clocks.ts';
import { askedWith } from './0041-asked-with.ts';

export const migrations = [
  workspacesAndPeople,
  expertiseAgentsAndDesks,
  conversationsAndHelp,
  traffic,
  theHumanSide,
  mergedExpertise,
  callingOn,
  forwarding,
  bots,
  undelivered,
  webhooks,
  byHand,
  lateEvents,
  workflowSteps,
  findingPeople,
  whyHelp,
  desksOfPeople,
  setClocks,
  askedWith,
];
