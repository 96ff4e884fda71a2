/** Home, as one person sees it. */
import type { HomeView, KnownBlock } from '@slack/types';
import type { Home } from '../../services/home/show.ts';
import { STATUS_NAMES } from '../../domain/conversation.ts';
import { actions, button, placeLink, clockTime, context, divider, header, safeName, section } from './blocks.ts';
import { ids as administrators } from './administrators.ts';
import { ids as desks } from './desks.ts';
import { ids as expertise } from './expertise.ts';
import { ids as card, names } from './help-card.ts';
import { ids as list, waitingSection } from './help-list.ts';
import { deskConversationBlocks } from './home-desks.ts';
import { ids as pause } from './pause.ts';
import { ids as form } from './preferences.ts';
import { setupBlocks } from './setup.ts';
import { undeliveredBlocks } from './undelivered.ts';

type TeamHome = Extract<Home, { kind: 'team' }>;

const CUSTOMER =
  'Beckon helps the support team of this workspace. There is nothing to set up for you: write in your channel and the team will answer.';

function waiting({ waiting: { rows, more } }: TeamHome): KnownBlock[] {
  const seeAll = more > 0 ? [actions(button(list.open, `See all, ${more} more`))] : [];
  return [header('Looking for help'), ...waitingSection({ rows, more }), ...seeAll];
}

function conversations(home: TeamHome): KnownBlock[] {
  const rows = home.conversations.map((mine) =>
    section(
      `*${placeLink(mine)}*${mine.customers.length === 0 ? '' : `  with ${names(mine.customers)}`}\n${STATUS_NAMES[mine.status]}`,
      button(card.panel, 'Open panel', { value: mine.conversationId }),
    ),
  );
  const empty = section('You are in no conversation. Open one in a customer’s channel with `/livechat open`.');
  return [header('My conversations'), ...(rows.length === 0 ? [empty] : rows)];
}

function preferences({ preferences: mine, isAgent }: TeamHome): KnownBlock[] {
  const none = '_none yet_';
  const lines = [
    `*Live chat name*  ${safeName(mine.liveChatName)}`,
    `*Expertise*  ${mine.expertise.length === 0 ? none : names(mine.expertise)}`,
    `*Desks*  ${mine.desks.length === 0 ? none : names(mine.desks)}`,
  ];
  const paused =
    mine.pausedUntil === undefined
      ? []
      : [context(`:double_vertical_bar: Paused until ${clockTime(mine.pausedUntil)}`)];
  const hint = isAgent
    ? []
    : [context('Choose a desk and you are an agent: you can join conversations and are called for what you know.')];
  return [
    header('My preferences'),
    section(lines.join('\n'), button(form.open, 'Edit', { label: 'Edit my preferences' })),
    ...paused,
    ...(isAgent
      ? [
          actions(
            mine.pausedUntil === undefined
              ? button(pause.open, 'Pause')
              : button(pause.resume, 'Resume', { style: 'primary' }),
          ),
        ]
      : []),
    ...hint,
  ];
}

function tools({ isAdministrator }: TeamHome): KnownBlock[] {
  const forAll = [button(expertise.all, 'Expertise and who has it')];
  const forAdministrators = [
    button(expertise.add, 'New expertise'),
    button(desks.open, 'Desks'),
    button(administrators.open, 'Administrators'),
  ];
  return [divider, actions(...forAll, ...(isAdministrator ? forAdministrators : []))];
}

export function homeView(home: Home): HomeView {
  if (home.kind === 'customer') return { type: 'home', blocks: [section(CUSTOMER)] };
  return {
    type: 'home',
    blocks: [
      ...(home.undelivered ? undeliveredBlocks(home.undelivered) : []),
      ...(home.setup ? setupBlocks(home.setup) : []),
      ...waiting(home),
      ...conversations(home),
      ...(home.isAgent ? deskConversationBlocks(home.deskConversations) : []),
      ...preferences(home),
      ...tools(home),
    ],
  };
}
