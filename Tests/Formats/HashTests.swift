import Base
import Testing

@testable import Formats

/// The hashes give what their standards say.
@Suite struct HashTests {
  @Test func sha1IsThatOfItsStandard() {
    // RFC 3174, section 7.3.
    #expect(Hexadecimal.text(of: SHA1.digest(of: Array("abc".utf8))) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    #expect(Hexadecimal.text(of: SHA1.digest(of: [])) == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
    let text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
    #expect(Hexadecimal.text(of: SHA1.digest(of: Array(text.utf8))) == "84983e441c3bd26ebaae4aa1f95129e5e54670f1")
  }

  @Test func sha256IsThatOfItsStandard() {
    // FIPS 180-4, and RFC 4231, test case 2.
    var hash = SHA256()
    hash.add(Array("a".utf8))
    hash.add(Array("bc".utf8))
    #expect(Hexadecimal.text(of: hash.bytes()) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let signature = SHA256.signature(of: [Array("what do ya want ".utf8), Array("for nothing?".utf8)], key: Array("Jefe".utf8))
    #expect(Hexadecimal.text(of: signature) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }
}
