import { useState } from 'preact/hooks';
import type { Channel } from '../../protocol.ts';
import { useActions } from '../state/actions.ts';
import { useSelect } from '../state/store.tsx';
import { Mrkdwn } from '../text/rich-text.tsx';
import { Presence } from '../ui/avatar.tsx';
import { useNow } from '../ui/clock.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { MembersDialog } from './members-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';

/** Number sign, lock, or a person's presence. */
export function ChannelMark({ channel, size = 18 }: { channel: Channel; size?: number }) {
  const other = useSelect((state) => state.snapshot?.people.find((person) => person.id === channel.withUser));
  const now = useNow(60_000);
  if (channel.kind === 'im') return <Presence person={other} now={now} />;
  if (channel.kind === 'mpim') return <Icon name="people" size={size} />;
  return <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} size={size} />;
}

/** Name, topic, members and what can be done with a channel. */
export function ChannelHeader({ channel }: { channel: Channel }) {
  const [open, setOpen] = useState<'members' | 'rename'>();
  const direct = channel.kind === 'im' || channel.kind === 'mpim';
  return (
    <header class="main-head">
      <h1>
        <ChannelMark channel={channel} /> <span>{channel.name}</span>
      </h1>
      {channel.external && (
        <span class="badge badge-outsider" title="People of another company are in this channel">
          <Icon name="external" size={12} /> External
        </span>
      )}
      {channel.archived && <span class="badge">Archived</span>}
      <div class="topic">{!direct && channel.topic !== '' && <Mrkdwn text={channel.topic} />}</div>
      {!direct && (
        <>
          <button
            type="button"
            class="members-button"
            aria-label={`${channel.memberIds.length} members`}
            title="Members"
            onClick={() => setOpen('members')}
          >
            <Icon name="people" size={16} /> {channel.memberIds.length}
          </button>
          <ChannelMenu channel={channel} onRename={() => setOpen('rename')} onMembers={() => setOpen('members')} />
        </>
      )}
      {open === 'members' && <MembersDialog channel={channel} onClose={() => setOpen(undefined)} />}
      {open === 'rename' && <RenameDialog channel={channel} onClose={() => setOpen(undefined)} />}
    </header>
  );
}

type MenuProps = { channel: Channel; onRename: () => void; onMembers: () => void };

function ChannelMenu({ channel, onRename, onMembers }: MenuProps) {
  const actions = useActions();
  const { id, archived, member } = channel;
  const items: MenuItem[] = [
    { label: 'View members and add people', run: onMembers },
    { label: 'Rename channel', run: onRename },
    {
      label: archived ? 'Unarchive channel' : 'Archive channel',
      run: () => void actions.tell('archiveChannel', { channel: id, archived: !archived }),
    },
  ];
  if (member)
    items.push({ label: 'Leave channel', danger: true, run: () => void actions.tell('leaveChannel', { channel: id }) });
  return <Menu label="Channel options" class="icon-button" align="end" items={items} button={<Icon name="more" />} />;
}
