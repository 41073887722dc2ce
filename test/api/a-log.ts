/** Where a logger writes, and the lines that it wrote; that the server listens is left out. */
export function aLog() {
  const written: Record<string, unknown>[] = [];
  return {
    stream: { write: (line: string) => void written.push(JSON.parse(line) as Record<string, unknown>) },
    lines: () => written.filter(({ msg }) => !String(msg).startsWith('Server listening')),
  };
}
