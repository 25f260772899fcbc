export { cleanQuery, type QueryResult } from "./clean-query";
