import { SourceError } from "../block-source.ts";
import { Passing, refused } from "./answer.ts";

/** No waiting makes these right: a name that is none, a certificate that nobody trusts. */
const LASTING = /^(ENOTFOUND|CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME)/;

/** What a request threw, as trouble that may pass or that will not. */
export function networkTrouble(error: unknown, offset: number, reached: boolean): Error {
  if (error instanceof SourceError || error instanceof Passing) return error;
  const { code, why } = reason(error);
  const lasts = code === "" || LASTING.test(code) || (code === "ECONNREFUSED" && !reached);
  return lasts ? refused(offset, why) : new Passing(why);
}

/** fetch() only says that it failed; its cause says why. */
function reason(error: unknown): { code: string; why: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return { code: "", why: String(error) };
  const [first] = cause instanceof AggregateError ? cause.errors : [];
  const message =
    cause.message || (first instanceof Error ? first.message : "the connection failed");
  const code = "code" in cause ? String(cause.code) : "";
  return { code, why: message };
}
