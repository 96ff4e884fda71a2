import { useState } from 'preact/hooks';
import { useActions } from '../state/actions.ts';
import { useSelect } from '../state/store.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';

/** Every channel this person may see, to read or to join. */
export function BrowseDialog({ onClose, onCreate }: { onClose: () => void; onCreate: () => void }) {
  const actions = useActions();
  const channels = useSelect((state) => state.snapshot?.channels) ?? [];
  const [typed, setTyped] = useState('');
  const shown = channels
    .filter((channel) => channel.kind === 'public' || channel.kind === 'private')
    .filter((channel) => channel.name.includes(typed.toLowerCase()))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const open = (id: string) => {
    onClose();
    actions.go({ type: 'channel', id });
  };
  const join = async (id: string) => {
    const answer = await actions.tell('joinChannel', { channel: id });
    if (answer.ok) open(id);
  };
  const footer = (
    <button type="button" class="button" onClick={onCreate}>
      Create a channel
    </button>
  );
  return (
    <Dialog title="Browse channels" onClose={onClose} footer={footer}>
      <input
        class="text-input"
        type="search"
        aria-label="Search channels"
        placeholder="Search channels"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <ul class="browse-list" aria-label="Channels">
        {shown.map((channel) => (
          <li key={channel.id}>
            <button type="button" class="browse-name" onClick={() => open(channel.id)}>
              <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} size={16} />
              <span>
                {channel.name}
                <span class="menu-detail">
                  {channel.memberIds.length} members
                  {channel.archived ? ' · archived' : ''}
                  {channel.topic === '' ? '' : ` · ${channel.topic}`}
                </span>
              </span>
            </button>
            {channel.member || channel.archived ? (
              <span class="joined">{channel.member ? 'Joined' : ''}</span>
            ) : (
              <button
                type="button"
                class="button"
                aria-label={`Join #${channel.name}`}
                onClick={() => void join(channel.id)}
              >
                Join
              </button>
            )}
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p class="listbox-empty">No channel of that name</p>}
    </Dialog>
  );
}
