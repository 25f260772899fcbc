import { Peers } from "../../../proxy/src/identity/peers";

const peers = new Peers(["10.0.0.0/8", "192.0.2.7", "2001:db8::/32"]);

it.each(["10.1.2.3", "192.0.2.7", "2001:db8::1", "::ffff:10.1.2.3"])("%s is one of the trusted addresses", (address) => {
  expect(peers.include(address)).toBe(true);
});

it.each([undefined, "11.0.0.1", "192.0.2.8", "2001:db9::1", "::ffff:11.0.0.1", "::1", "nonsense"])(
  "%s is none of them",
  (address) => {
    expect(peers.include(address)).toBe(false);
  },
);
