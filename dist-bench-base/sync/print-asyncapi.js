/** `npm run asyncapi` prints the AsyncAPI document. */
import { asyncApiText } from './asyncapi.js';
process.stdout.write(asyncApiText());
