import {
  enumerationHistory,
  knownVersions,
  metricHistory,
  modelFieldHistory,
  modelFieldNote,
  sectionHistory,
  settingHistory,
  settingNote,
} from "../../../../core/litellm";

describe("the history of a name", () => {
  test("has no bounds where every version knows it", () => {
    expect(settingHistory("router_settings", "num_retries")).toEqual({ versions: knownVersions() });
  });

  test("says since when, of the versions that there is a catalogue of", () => {
    expect(settingHistory("router_settings", "routing_groups")).toMatchObject({ since: "1.84.10" });
    expect(modelFieldHistory("RetryPolicy", "NotFoundErrorRetries")).toMatchObject({ since: "1.104.9" });
  });

  test("says until when", () => {
    expect(settingHistory("litellm_settings", "telemetry")).toEqual({
      until: "1.100.5",
      versions: knownVersions().slice(0, knownVersions().indexOf("1.104.9")),
    });
    expect(enumerationHistory("cache_types", "disk")).toMatchObject({ until: "1.108.10" });
  });

  test("is undefined where no version knows it", () => {
    expect(settingHistory("router_settings", "retrys")).toBeUndefined();
    expect(enumerationHistory("no such", "x")).toBeUndefined();
    expect(metricHistory("litellm_nothing")).toBeUndefined();
  });

  test("is there for all names of a section, sorted", () => {
    const names = [...sectionHistory("general_settings").keys()];
    expect(names).toEqual([...names].sort());
    expect(names).toContain("disable_adding_master_key_hash_to_db");
  });
});

describe("the note of a setting", () => {
  test("has LiteLLM's default, its words and the place", () => {
    expect(settingNote("1.108.10", "router_settings", "routing_strategy")).toEqual({
      default: "simple-shuffle",
      description: expect.stringMatching(/^Routing strategy/),
      where: expect.stringMatching(/^litellm\/router\.py:\d+$/),
    });
    expect(settingNote("1.108.10", "litellm_settings", "request_timeout").default).toBe(6000);
  });

  test("differs between versions", () => {
    expect(settingNote("1.83.14", "litellm_settings", "require_auth_for_metrics_endpoint").default).toBe(false);
    expect(settingNote("1.108.10", "litellm_settings", "require_auth_for_metrics_endpoint").default).toBe(true);
  });

  test("of a nested mapping's field", () => {
    expect(modelFieldNote("1.108.10", "SlackAlertingArgs", "daily_report_frequency")).toMatchObject({ default: 43_200 });
  });

  test("is empty where nothing is known", () => {
    expect(settingNote("1.0.0", "router_settings", "num_retries")).toEqual({});
    expect(settingNote("1.108.10", "router_settings", "toString")).toEqual({});
    expect(modelFieldNote("1.108.10", "NoSuchModel", "x")).toEqual({});
  });
});
