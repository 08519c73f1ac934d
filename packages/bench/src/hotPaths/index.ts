import { connections } from './connections';
import { gateway } from './gateway';
import { HotPath } from './HotPath';
import { jwtBearer } from './jwtBearer';
import { lease } from './lease';
import { list } from './list';
import { memory } from './memory';
import { page } from './page';
import { signedJwt } from './signedJwt';
import { storm } from './storm';
import { sweep } from './sweep';
import { tokenDuringRefresh } from './tokenDuringRefresh';
import { tokenFromMemory } from './tokenFromMemory';
import { tokenNotInMemory } from './tokenNotInMemory';
import { tokenOfPerson } from './tokenOfPerson';
import { tokenOverHttp } from './tokenOverHttp';

/** Measured paths, in the order of the table. */
export const hotPaths: HotPath[] = [
  tokenFromMemory,
  tokenOverHttp,
  tokenNotInMemory,
  tokenOfPerson,
  signedJwt,
  jwtBearer,
  gateway,
  storm,
  lease,
  sweep,
  list,
  connections,
  tokenDuringRefresh,
  page,
  memory,
];
