import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

type Props = {
  anchor: RefObject<HTMLElement | null>;
  align?: 'start' | 'end';
  /** as wide as the anchor, for lists of options */
  fit?: boolean;
  onClose: () => void;
  class?: string;
  children: ComponentChildren;
};

const gap = 4;
const tallest = 560;
const tallestList = 340;

function place(popup: HTMLElement, anchor: HTMLElement, align: 'start' | 'end', fit: boolean): void {
  const box = anchor.getBoundingClientRect();
  if (fit) popup.style.width = `${Math.max(box.width, 220)}px`;
  const below = innerHeight - box.bottom - gap * 3;
  const above = box.top - gap * 3;
  const upward = below < Math.min(popup.scrollHeight, 260) && above > below;
  popup.style.maxHeight = `${Math.min(upward ? above : below, fit ? tallestList : tallest)}px`;
  const left = align === 'end' ? box.right - popup.offsetWidth : box.left;
  popup.style.left = `${Math.max(gap, Math.min(left, innerWidth - popup.offsetWidth - gap))}px`;
  popup.style.top = upward ? `${box.top - popup.offsetHeight - gap}px` : `${box.bottom + gap}px`;
}

/** A layer above everything, dialogs included, beside its anchor. A press elsewhere closes it. */
export function Popover({ anchor, align = 'start', fit = false, onClose, class: name = '', children }: Props) {
  const layer = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const popup = layer.current;
    if (popup && !popup.matches(':popover-open')) popup.showPopover();
  }, []);
  useLayoutEffect(() => {
    const move = () => {
      if (layer.current && anchor.current) place(layer.current, anchor.current, align, fit);
    };
    const press = (event: Event) => {
      const target = event.target instanceof Node ? event.target : null;
      if (layer.current?.contains(target) !== true && anchor.current?.contains(target) !== true) close.current();
    };
    move();
    addEventListener('resize', move);
    addEventListener('scroll', move, true);
    addEventListener('pointerdown', press, true);
    return () => {
      removeEventListener('resize', move);
      removeEventListener('scroll', move, true);
      removeEventListener('pointerdown', press, true);
    };
  });
  return (
    <div ref={layer} popover="manual" class={`popover ${name}`}>
      {children}
    </div>
  );
}
