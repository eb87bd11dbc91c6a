/** Times for people: display only, in this machine's zone. */

/** "2024-06-01 14:05" in the local zone. */
export function formatTime(milliseconds: number): string {
  const at = new Date(milliseconds);
  const two = (part: number): string => part.toString().padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** "45 s", "3 min", "2 h 5 min". */
export function formatDuration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
