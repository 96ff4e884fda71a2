import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Popover } from './popover.tsx';

export type MenuItem = {
  label: string;
  detail?: string;
  href?: string;
  danger?: boolean;
  current?: boolean;
  lead?: ComponentChildren;
  run?: () => void;
};

type Props = {
  /** what the button is called */
  label: string;
  items: MenuItem[];
  button: ComponentChildren;
  class?: string;
  align?: 'start' | 'end';
  heading?: string;
  busy?: boolean;
  onOpen?: (open: boolean) => void;
};

/** A button with a menu: arrows move, Enter chooses, Escape closes and gives the focus back. */
export function Menu({
  label,
  items,
  button,
  class: name = '',
  align = 'start',
  heading,
  busy = false,
  onOpen,
}: Props) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const show = (next: boolean) => {
    setOpen(next);
    onOpen?.(next);
    if (!next) anchor.current?.focus();
  };
  return (
    <>
      <button
        ref={anchor}
        type="button"
        class={name}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-busy={busy}
        onClick={() => show(!open)}
      >
        {button}
      </button>
      {open && (
        <Popover anchor={anchor} align={align} onClose={() => show(false)} class="menu-layer">
          <MenuList label={label} heading={heading} items={items} onClose={() => show(false)} />
        </Popover>
      )}
    </>
  );
}

type ListProps = { label: string; heading: string | undefined; items: MenuItem[]; onClose: () => void };

function MenuList({ label, heading, items, onClose }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  const all = () => [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  useEffect(() => {
    (all().find((item) => item.getAttribute('aria-current') === 'true') ?? all()[0])?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const entries = all();
    const at = entries.findIndex((item) => item === document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) entries.at((at + step + entries.length) % entries.length)?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={list} role="menu" aria-label={label} class="menu" onKeyDown={onKeyDown}>
      {heading !== undefined && <p class="menu-heading">{heading}</p>}
      {items.map((item) => (
        <Item key={item.label + (item.detail ?? '')} item={item} onClose={onClose} />
      ))}
    </div>
  );
}

function Item({ item, onClose }: { item: MenuItem; onClose: () => void }) {
  const inside = (
    <>
      {item.lead}
      <span class="menu-words">
        <span class="menu-label">{item.label}</span>
        {item.detail !== undefined && <span class="menu-detail">{item.detail}</span>}
      </span>
    </>
  );
  const shared = {
    role: 'menuitem',
    tabIndex: -1,
    'aria-current': item.current === true,
    class: item.danger === true ? 'menu-item danger' : 'menu-item',
  } as const;
  const choose = () => {
    onClose();
    item.run?.();
  };
  if (item.href === undefined) {
    return (
      <button type="button" {...shared} onClick={choose}>
        {inside}
      </button>
    );
  }
  return (
    <a href={item.href} {...shared} onClick={choose}>
      {inside}
    </a>
  );
}
