import { useState } from 'preact/hooks';
import { matchingRows, personRows } from '../blocks/select-model.ts';
import { useActions } from '../state/actions.ts';
import { useSelect } from '../state/store.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Chooses somebody to write to. */
export function NewMessageDialog({ onClose }: { onClose: () => void }) {
  const actions = useActions();
  const people = useSelect((state) => state.snapshot?.people) ?? [];
  const me = useSelect((state) => state.snapshot?.me);
  const [typed, setTyped] = useState('');
  const rows = matchingRows(personRows(people.filter((person) => person.id !== me)), typed);
  const open = (id: string) => {
    onClose();
    void actions.openPerson(id);
  };
  return (
    <Dialog title="New direct message" onClose={onClose} size="small">
      <input
        class="text-input"
        type="search"
        aria-label="Search people"
        placeholder="Name"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <ul class="browse-list" aria-label="People">
        {rows.map((row) => (
          <li key={row.key}>
            <button type="button" class="browse-name" onClick={() => open(row.key)}>
              <Avatar person={people.find((person) => person.id === row.key)} size={28} />
              <span>
                {row.label}
                <span class="menu-detail">{row.detail}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
