import type { Command } from './command';

export const configCommands: readonly Command[] = [];
