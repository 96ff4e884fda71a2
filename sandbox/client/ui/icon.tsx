const paths = {
  hash: 'M8 3 6.5 17M13.5 3 12 17M3.5 7.5h13.5M3 12.5h13.5',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  plus: 'M10 4v12M4 10h12',
  close: 'M5 5l10 10M15 5 5 15',
  more: 'M10 4.5v.01M10 10v.01M10 15.5v.01',
  thread:
    'M17 9.5c0 3.3-3.1 6-7 6-.9 0-1.8-.1-2.6-.4L3.5 16.500l1.2-3A5.6 5.6 0 0 1 3 9.500c0-3.3 3.1-6 7-6s7 2.7 7 6z',
  send: 'M3.5 16.5 17 10 3.5 3.500v5L11 10l-7.5 1.500z',
  bolt: 'M11 2.5 4.5 11.500H10l-1 6 6.5-9H10z',
  down: 'M5.5 8 10 12.5 14.5 8',
  back: 'M12 5 7 10l5 5',
  search: 'M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4zM13 13l4 4',
  trash: 'M4 6h12M8 6V4h4v2M5.5 6l.8 10.500h7.400L14.5 6M8.5 9v5M11.5 9v5',
  tools: 'M4 6h6M14 6h2M4 14h2M10 14h6M12 4.500v3M8 12.500v3',
  people:
    'M7.5 9.500a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.600zM2.5 16.500c0-2.8 2.2-4.7 5-4.700s5 1.9 5 4.700M13 4.300a2.6 2.6 0 0 1 0 5M14.5 12.200c1.9.6 3 2.2 3 4.3',
  home: 'M3.5 9.5 10 4l6.5 5.500V16.500h-4.500v-4h-4v4H3.500z',
  headphones: 'M4 13v-2.500a6 6 0 0 1 12 0V13M4 12h2.500v4.500H5a1 1 0 0 1-1-1zM16 12h-2.500v4.500H15a1 1 0 0 0 1-1z',
  external: 'M9 5H4.500v10.500H15V11M11.5 3.500h5v5M16 4l-7 7',
  eye: 'M2.5 10s2.7-5 7.5-5 7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5zM10 7.800a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.400z',
  warning: 'M10 3.5 2.5 16.500h15zM10 8.500v4M10 14.500v.01',
  window: 'M3 4.500h14v11H3zM3 8h14',
} as const;

export type IconName = keyof typeof paths;

/** A line drawing, hidden from assistive technology: the control around it carries the name. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg class={`icon icon-${name}`} width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
