/** What senders call their messages, as in Segment's specification. */
export const messageTypes = ["identify", "track", "page", "screen", "group", "alias"] as const;
export type MessageType = (typeof messageTypes)[number];

/** How much is taken, in characters where nothing else is said. */
export const most = {
  /** Bytes of one message. */
  eventBytes: 32 * 1024,
  /** Bytes of one request, unpacked. */
  batchBytes: 500 * 1024,
  /** Messages in one request. */
  batch: 2_500,
  id: 200,
  name: 200,
  /** Different names of events in one workspace. */
  names: 2_000,
  /** Objects in objects. */
  depth: 40,
  traits: 100,
  traitKey: 100,
  traitValue: 1_000,
  /** Days that the clock of a sender may be ahead. */
  daysAhead: 1,
} as const;

/** A message about a customer, whose form is checked: what it says is looked at when it is recorded. */
export interface TrackingMessage {
  type: MessageType;
  /** The sender's name of it: the same one twice is stored once. */
  messageId: string;
  userId?: string;
  anonymousId?: string;
  /** Of an alias: who the customer was called before. */
  previousId?: string;
  /** Of a group: which account. */
  groupId?: string;
  /** Of a track, page or screen: what was done. */
  name?: string;
  properties?: Record<string, unknown>;
  /** Of an identify or a group; of an event, what is known of whoever did it. */
  traits?: Record<string, unknown>;
  context?: Record<string, unknown>;
  /** When it happened, by our clock. */
  at: Date;
}

/** Where messages come from. */
export interface EventSource {
  writeKeyId?: string | null;
  /** Whether it knows who people are: a server of the company, and not a page or an app. */
  trusted: boolean;
  /** The row of the workspace is still to come. */
  inTheMaking?: boolean;
}

/** What became of the messages of one request. */
export interface RecordedMessages {
  stored: number;
  /** Had been stored before. */
  known: number;
}
