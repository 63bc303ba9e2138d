import { makeHistory } from './history-rows.js';
const [p='',n='']=process.argv.slice(2);
console.log(makeHistory(p, Number(n), () => undefined));
