import type { ReactNode } from "react";

/** 16 × 16 drawings in a line of 1.4, named for what they say rather than what they show. */
const drawings = {
  arrowRight: <path d="M3 8h10M9 4l4 4-4 4" />,
  arrowLeft: <path d="M13 8H3M7 4 3 8l4 4" />,
  book: (
    <path d="M8 4.2C6.6 3 4.8 2.8 2.4 2.9v9.4c2.4-.1 4.2.1 5.6 1.3 1.4-1.2 3.2-1.4 5.6-1.3V2.9C11.2 2.8 9.4 3 8 4.2zm0 0v9.4" />
  ),
  branch: <path d="M8 2v3.6M8 5.6c0 3.4-4.2 2.6-4.2 8M8 5.6c0 3.4 4.2 2.6 4.2 8" />,
  building: <path d="M3 14V2.5h6.5V14M9.5 6.5H13V14M1.5 14h13M5.4 5.4h1.7M5.4 8.2h1.7M5.4 11h1.7" />,
  calendar: <path d="M2.5 3.8h11v9.7h-11zM2.5 6.9h11M5.4 2.2v3M10.6 2.2v3" />,
  category: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <path d="M8 2.3a5.7 5.7 0 0 1 0 11.4z" fill="currentColor" stroke="none" />
    </>
  ),
  check: <path d="M3 8.4 6.4 12 13 4.4" />,
  chevronDown: <path d="M4 6l4 4 4-4" />,
  chevronLeft: <path d="M10 4 6 8l4 4" />,
  chevronRight: <path d="M6 4l4 4-4 4" />,
  chevronUp: <path d="M4 10l4-4 4 4" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <path d="M8 4.6V8l2.3 1.6" />
    </>
  ),
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  cooling: <path d="M2.5 4.5 7 9l2.3-2.3 4.2 4.8M13.5 8v3.5H10" />,
  copy: <path d="M5.8 5.8h7.7v7.7H5.8zM10.2 5.8V2.5H2.5v7.7h3.3" />,
  download: <path d="M8 2.5v7.7M4.8 7.2 8 10.4l3.2-3.2M2.5 13.5h11" />,
  eye: (
    <>
      <path d="M1.6 8S4 3.8 8 3.8 14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8z" />
      <circle cx="8" cy="8" r="1.8" />
    </>
  ),
  filter: <path d="M2 4h12M4.3 8h7.4M6.6 12h2.8" />,
  globe: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <path d="M2.3 8h11.4M8 2.3c3.4 3.6 3.4 7.8 0 11.4M8 2.3c-3.4 3.6-3.4 7.8 0 11.4" />
    </>
  ),
  inbox: <path d="M2 9.2 4 3h8l2 6.2V13H2zM2 9.2h3.6c.2 1.3 1.1 2 2.4 2s2.2-.7 2.4-2H14" />,
  invite: (
    <>
      <circle cx="6.5" cy="5.2" r="2.6" />
      <path d="M1.8 13.6c.4-2.7 2.3-4.1 4.7-4.1 1.1 0 2 .3 2.8.8M12.3 9.5v5M9.8 12h5" />
    </>
  ),
  key: (
    <>
      <circle cx="5.2" cy="10.8" r="2.7" />
      <path d="M7.2 8.9 13.5 2.5M10.7 5.3l2 2" />
    </>
  ),
  keyboard: <path d="M1.8 4.2h12.4v7.6H1.8zM4.3 6.7h.01M6.8 6.7h.01M9.3 6.7h.01M11.8 6.7h.01M5.3 9.4h5.4" />,
  link: (
    <path d="M6.8 9.2a2.5 2.5 0 0 0 3.5 0l2.5-2.5a2.5 2.5 0 0 0-3.5-3.5l-.8.8M9.2 6.8a2.5 2.5 0 0 0-3.5 0L3.2 9.3a2.5 2.5 0 0 0 3.5 3.5l.8-.8" />
  ),
  mail: <path d="M2 3.5h12v9H2zM2 4.2l6 4.6 6-4.6" />,
  more: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2" />,
  moon: <path d="M13.3 9.6A5.6 5.6 0 0 1 6.4 2.7a5.6 5.6 0 1 0 6.9 6.9z" />,
  overview: <path d="M2.5 11.5a5.5 5.5 0 0 1 11 0M8 3V1.6M3.2 5.2l-1-1M12.8 5.2l1-1M1.5 14h13" />,
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" />,
  person: (
    <>
      <circle cx="8" cy="5.2" r="2.7" />
      <path d="M2.8 13.8c.5-2.9 2.6-4.3 5.2-4.3s4.7 1.4 5.2 4.3" />
    </>
  ),
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  prove: (
    <>
      <path d="M2 12h12M3.5 12v-1.5M12.5 12v-1.5M8 12v-1.5M4.5 6h7" />
      <circle cx="8" cy="6" r="1.7" fill="currentColor" stroke="none" />
    </>
  ),
  retry: <path d="M13 8a5 5 0 1 1-1.5-3.6M13 2.4v2.7h-2.7" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.2" />
      <path d="M10.2 10.2 13.5 13.5" />
    </>
  ),
  send: <path d="M14 2 7.2 8.8M14 2 9.8 14 7.2 8.8 2 6.2z" />,
  settings: (
    <>
      <path d="M2 4.7h6.3M11.7 4.7H14M2 11.3h2.3M7.7 11.3H14" />
      <circle cx="10" cy="4.7" r="1.7" />
      <circle cx="6" cy="11.3" r="1.7" />
    </>
  ),
  signOut: <path d="M9.5 2.5H3v11h6.5M6.5 8h7.5M11.2 5.2 14 8l-2.8 2.8" />,
  speech: <path d="M2.2 3.2h11.6v7.6H7.4L4.4 13.4v-2.6H2.2z" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="2.9" />
      <path d="M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9" />
    </>
  ),
  system: <path d="M2 3h12v8H2zM6 13.6h4M8 11v2.6" />,
  table: <path d="M2 3h12v10H2zM2 6.3h12M2 9.7h12M6.2 6.3V13" />,
  ticket: <path d="M2 4.5h12v2.1a1.5 1.5 0 0 0 0 2.8v2.1H2V9.4a1.5 1.5 0 0 0 0-2.8zM9.6 4.5v7" />,
  trash: <path d="M2.5 4.3h11M6 4.3V2.7h4v1.6M4 4.3l.6 9h6.8l.6-9" />,
  trend: <path d="M2 12.5 6 7.6l2.7 2.7L14 4M14 4h-3.3M14 4v3.3" />,
  tryIt: <path d="M4.5 2.8v10.4L13 8z" />,
  undo: <path d="M3 6.5h6.8a3.2 3.2 0 0 1 0 6.5H6M5.7 3.6 2.8 6.5l2.9 2.9" />,
  upload: <path d="M8 10.4V2.7M4.8 5.8 8 2.6l3.2 3.2M2.5 13.5h11" />,
  warning: <path d="M8 2.2 14.4 13H1.6zM8 6.4v3M8 11.2h.01" />,
} satisfies Record<string, ReactNode>;

/** The name of a drawing in the icon set. */
export type IconName = keyof typeof drawings;

/** One icon; decorative, so whatever holds it carries the words. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {drawings[name]}
    </svg>
  );
}
