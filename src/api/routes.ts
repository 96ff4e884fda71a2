/** Everything a bot can do over HTTP, in the order in which the document lists it. */
import {
  askForHelp,
  closeConversation,
  listConversations,
  openConversation,
  postMessage,
  readConversation,
  setStatus,
} from './conversations.ts';
import { listExpertise } from './expertise.ts';
import { forwardConversation, listAgents, readDecision } from './forward.ts';
import type { Route } from './route.ts';

export const routes: readonly Route[] = [
  listExpertise,
  listAgents,
  openConversation,
  listConversations,
  readConversation,
  forwardConversation,
  readDecision,
  askForHelp,
  setStatus,
  postMessage,
  closeConversation,
];
