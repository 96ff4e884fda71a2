import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Person } from '../../protocol.ts';
import { useSelect } from '../state/store.tsx';
import { Avatar, Badges } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';
import { addressAs, sortPeople } from './identity.ts';

/** Who this page is, and a menu to become somebody else, here or in another tab. */
export function IdentitySwitch() {
  const me = useSelect((state) => state.snapshot?.people.find((person) => person.id === state.snapshot?.me));
  const everybody = useSelect((state) => state.everybody);
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const first = useRef<HTMLAnchorElement>(null);
  const close = () => {
    setOpen(false);
    anchor.current?.focus();
  };
  // Not before the layer is shown: what is hidden takes no focus.
  useEffect(() => {
    if (open) first.current?.focus();
  }, [open]);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        class="identity"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Avatar person={me} size={28} />
        <span class="identity-words">
          <span class="identity-name">You are {me?.realName}</span>
          <span class="identity-title">{me?.title}</span>
        </span>
        <Icon name="down" size={16} />
      </button>
      {open && (
        <Popover anchor={anchor} align="end" onClose={close} class="identity-layer">
          <div
            role="dialog"
            aria-label="Switch identity"
            onKeyDown={(event) => {
              if (event.key === 'Escape') close();
            }}
          >
            <p class="menu-heading">Be somebody else. Two tabs can be two people.</p>
            <ul class="identity-list">
              {sortPeople(everybody.filter((person) => !person.deactivated)).map((person, index) => (
                <Choice
                  key={person.id}
                  person={person}
                  current={person.id === me?.id}
                  link={index === 0 ? first : null}
                  onNewTab={close}
                />
              ))}
            </ul>
          </div>
        </Popover>
      )}
    </>
  );
}

type ChoiceProps = {
  person: Person;
  current: boolean;
  link: RefObject<HTMLAnchorElement | null> | null;
  onNewTab: () => void;
};

function Choice({ person, current, link, onNewTab }: ChoiceProps) {
  return (
    <li class={current ? 'current' : ''}>
      <a ref={link} href={addressAs(person.id)} aria-current={current} class="identity-choice">
        <Avatar person={person} size={32} />
        <span>
          <span class="identity-choice-name">
            {person.realName} <Badges person={person} />
          </span>
          <span class="menu-detail">{person.title}</span>
        </span>
      </a>
      <a
        class="identity-tab"
        href={addressAs(person.id)}
        target="_blank"
        rel="noopener"
        onClick={onNewTab}
        aria-label={`Open as ${person.realName} in a new tab`}
      >
        <Icon name="external" size={16} /> New tab
      </a>
    </li>
  );
}
