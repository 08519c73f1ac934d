import { ActivityEntry } from 'backstage-plugin-datasource-auth-common';

/** One line of the timeline: an entry, or successful renewals in a row with nothing in between. */
export interface TimelineLine {
  /** The newest first. */
  entries: ActivityEntry[];
}

/** The lines of one day of the user's calendar. */
export interface TimelineDay {
  /** A moment of that day, epoch milliseconds. */
  at: number;
  lines: TimelineLine[];
}

/** Puts entries, newest first, under their days, and successful automatic renewals in a row into one line. */
export function timelineDays(entries: ActivityEntry[]): TimelineDay[] {
  const days: TimelineDay[] = [];
  for (const entry of entries) {
    let day = days.at(-1);
    if (
      !day ||
      new Date(day.at).toDateString() !== new Date(entry.at).toDateString()
    ) {
      day = { at: entry.at, lines: [] };
      days.push(day);
    }
    const line = day.lines.at(-1);
    if (
      line &&
      isAutomaticRenewal(entry) &&
      isAutomaticRenewal(line.entries[0])
    )
      line.entries.push(entry);
    else day.lines.push({ entries: [entry] });
  }
  return days;
}

function isAutomaticRenewal({ kind, actor }: ActivityEntry): boolean {
  return kind === 'refreshed' && actor === undefined;
}
