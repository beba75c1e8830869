export function importFault(from: string, specifier: string): string | null;
