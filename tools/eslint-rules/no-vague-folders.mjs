const vague = /(?:^|[\\/])(utils|helpers|common|types)(?=[\\/])/;

/** A function lives by the noun it serves: no folder is named after nothing. */
export const noVagueFolders = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { vague: 'The folder "{{ folder }}" says nothing; put the file by the noun it serves.' },
  },
  create: (context) => ({
    Program(node) {
      const path = context.filename.slice(context.cwd.length);
      const folder = vague.exec(path)?.[1];
      if (folder) context.report({ node, loc: { line: 1, column: 0 }, messageId: 'vague', data: { folder } });
    },
  }),
};
