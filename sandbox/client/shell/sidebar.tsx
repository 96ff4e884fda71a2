import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Channel } from '../../protocol.ts';
import { ChannelMark } from '../channel/channel-header.tsx';
import { useActions } from '../state/actions.ts';
import { isOpen } from '../state/reduce.ts';
import { placeToHash } from '../state/route.ts';
import type { Place } from '../state/state.ts';
import { useSelect } from '../state/store.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { WorkflowDialog } from '../workflow/workflow-dialog.tsx';
import { BrowseDialog } from './browse-dialog.tsx';
import { CreateChannelDialog } from './create-channel-dialog.tsx';
import { NewMessageDialog } from './new-message-dialog.tsx';

const none: Channel[] = [];

/** Channels, direct messages and the app. */
export function Sidebar() {
  const channels = useSelect((state) => state.snapshot?.channels) ?? none;
  const me = useSelect((state) => state.snapshot?.people.find((person) => person.id === state.snapshot?.me));
  const botId = useSelect((state) => state.snapshot?.app.botUserId);
  const workspace = useSelect((state) => state.snapshot?.workspace.name);
  const hasSteps = useSelect((state) => (state.snapshot?.steps.length ?? 0) > 0);
  const [open, setOpen] = useState<'browse' | 'create' | 'message' | 'workflow'>();
  const named = channels
    .filter(
      (channel) => channel.member && !channel.archived && (channel.kind === 'public' || channel.kind === 'private'),
    )
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const direct = channels.filter(
    (channel) => (channel.kind === 'im' && channel.withUser !== botId) || channel.kind === 'mpim',
  );
  const inside = me?.role === 'administrator' || me?.role === 'member';
  return (
    <nav class="sidebar" aria-label="Workspace">
      <p class="sidebar-workspace">{workspace}</p>
      <Section label="Channels" add="Create a channel" onAdd={inside ? () => setOpen('create') : undefined}>
        {named.map((channel) => (
          <Entry key={channel.id} channel={channel} />
        ))}
        {inside && (
          <li>
            <button type="button" class="entry entry-quiet" onClick={() => setOpen('browse')}>
              <Icon name="search" size={16} /> <span class="entry-name">Browse channels</span>
            </button>
          </li>
        )}
      </Section>
      <Section label="Direct messages" add="New direct message" onAdd={() => setOpen('message')}>
        {direct.map((channel) => (
          <Entry key={channel.id} channel={channel} />
        ))}
        {direct.length === 0 && <li class="entry-hint">Nobody yet</li>}
      </Section>
      {me?.role !== 'outsider' && (
        <Section label="Apps">
          <AppEntry />
        </Section>
      )}
      {hasSteps && (
        <Section label="Workflows">
          <li>
            <button type="button" class="entry entry-quiet" onClick={() => setOpen('workflow')}>
              <Icon name="bolt" size={16} /> <span class="entry-name">Run a workflow</span>
            </button>
          </li>
        </Section>
      )}
      {open === 'workflow' && <WorkflowDialog onClose={() => setOpen(undefined)} />}
      {open === 'browse' && <BrowseDialog onClose={() => setOpen(undefined)} onCreate={() => setOpen('create')} />}
      {open === 'create' && <CreateChannelDialog onClose={() => setOpen(undefined)} />}
      {open === 'message' && <NewMessageDialog onClose={() => setOpen(undefined)} />}
    </nav>
  );
}

type SectionProps = { label: string; add?: string; onAdd?: (() => void) | undefined; children: ComponentChildren };

function Section({ label, add, onAdd, children }: SectionProps) {
  return (
    <section class="sidebar-section">
      <div class="sidebar-heading">
        <h2>{label}</h2>
        {onAdd && (
          <button type="button" aria-label={add} title={add} onClick={onAdd}>
            <Icon name="plus" size={16} />
          </button>
        )}
      </div>
      <ul aria-label={label}>{children}</ul>
    </section>
  );
}

type LinkProps = { place: Place; current: boolean; unread: boolean; children: ComponentChildren };

function PlaceLink({ place, current, unread, children }: LinkProps) {
  const actions = useActions();
  const open = (event: Event) => {
    event.preventDefault();
    actions.go(place);
  };
  return (
    <a
      href={placeToHash(place)}
      class={unread ? 'entry entry-unread' : 'entry'}
      aria-current={current ? 'page' : undefined}
      onClick={open}
    >
      {children}
    </a>
  );
}

function Entry({ channel }: { channel: Channel }) {
  const current = useSelect((state) => isOpen(state, channel.id));
  const unread = channel.unread > 0 && !current;
  return (
    <li>
      <PlaceLink place={{ type: 'channel', id: channel.id }} current={current} unread={unread}>
        <ChannelMark channel={channel} size={16} />
        <span class="entry-name">{channel.name}</span>
        {channel.external && <Icon name="external" size={13} />}
        {unread && <UnreadBadge count={channel.unread} />}
      </PlaceLink>
    </li>
  );
}

function UnreadBadge({ count }: { count: number }) {
  return (
    <span class="unread" aria-label={`${count} unread`}>
      {count > 99 ? '99+' : count}
    </span>
  );
}

function AppEntry() {
  const app = useSelect((state) => state.snapshot?.app);
  const bot = useSelect((state) =>
    state.snapshot?.people.find((person) => person.id === state.snapshot?.app.botUserId),
  );
  const current = useSelect((state) => state.place.type === 'app');
  const unread =
    useSelect(
      (state) =>
        state.snapshot?.channels.find(
          (channel) => channel.kind === 'im' && channel.withUser === state.snapshot?.app.botUserId,
        )?.unread,
    ) ?? 0;
  return (
    <li>
      <PlaceLink place={{ type: 'app', tab: unread > 0 ? 'messages' : 'home' }} current={current} unread={unread > 0}>
        <Avatar person={bot} size={20} />
        <span class="entry-name">{app?.name}</span>
        {unread > 0 && <UnreadBadge count={unread} />}
      </PlaceLink>
    </li>
  );
}
