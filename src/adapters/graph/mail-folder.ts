import { ContractError } from '../../domain/errors';
import { readFolder } from './answer-schema';
import { pathForPeople, type GraphMailbox, type GraphRequest } from './client';
import { listAll } from './list-all';

const EXISTS = 'ErrorFolderExists';

/** Id of the top-level mail folder of that name, by any case of its letters; it is made when there is none. */
export async function findOrMakeFolder(graph: GraphMailbox, name: string, kind: string): Promise<string> {
  const found = await findFolder(graph, name, kind);
  if (found !== null) return found;
  const make: GraphRequest = {
    kind,
    method: 'POST',
    path: '/mailFolders',
    body: { displayName: name },
    expects: [EXISTS],
  };
  const { errorCode, json } = await graph.send(make);
  if (errorCode === null) return readFolder(json, pathForPeople(graph.mailbox, make)).id;
  // Somebody else was quicker, or the list does not show it.
  const made = await findFolder(graph, name, kind);
  if (made !== null) return made;
  throw new ContractError(
    `Graph says that mailbox ${graph.mailbox} has the mail folder to move responses to, and does not list it`,
    {
      code: 'GRAPH_CONTRACT',
      context: { mailbox: graph.mailbox },
    },
  );
}

async function findFolder(graph: GraphMailbox, name: string, kind: string): Promise<string | null> {
  const request: GraphRequest = {
    kind,
    method: 'GET',
    path: '/mailFolders',
    query: '$select=id,displayName&$top=100',
  };
  const path = pathForPeople(graph.mailbox, request);
  const folders = (await listAll(graph, request)).map((item) => readFolder(item, path));
  return folders.find((folder) => folder.displayName.toLowerCase() === name.toLowerCase())?.id ?? null;
}
