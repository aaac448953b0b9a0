/// The names by which Jupyter tells cells apart: given ones as they are, others made of the cells' texts, so that they stay the same as long
/// as the texts do.
enum CellNames {
  /// A name for each cell, all different, of at most 64 letters, digits, `-` and `_` each.
  static func names(of cells: [Cell]) -> [String] {
    var taken: Set<String> = []
    var names: [String?] = cells.map { cell in
      guard let id = cell.properties.id, isValid(id), taken.insert(id).inserted else { return nil }
      return id
    }
    var counts: [String: Int] = [:]
    for (place, cell) in cells.enumerated() where names[place] == nil {
      let base = digest(of: cell)
      var name = ""
      repeat {
        let number = counts[base, default: 0] + 1
        counts[base] = number
        name = number == 1 ? base : "\(base)-\(number)"
      } while !taken.insert(name).inserted
      names[place] = name
    }
    return names.map { $0 ?? "" }
  }

  /// The cells without the names that they would get anyway.
  static func withoutOwn(_ cells: [Cell]) -> [Cell] {
    var bare = cells
    for place in bare.indices { bare[place].properties.id = nil }
    let own = names(of: bare)
    for place in bare.indices where cells[place].properties.id != own[place] {
      bare[place].properties.id = cells[place].properties.id
    }
    let given = zip(cells, names(of: bare)).allSatisfy { $0.properties.id == nil || $0.properties.id == $1 }
    return given ? bare : cells
  }

  private static func isValid(_ id: String) -> Bool {
    (1...64).contains(id.utf8.count)
      && id.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }

  /// A checksum of the kinds and texts of all cells.
  static func digest(of cells: [Cell]) -> String { cells.map(digest).reduce("") { digest(of: Cell(.raw, $0 + $1)) } }

  /// FNV-1a (Fowler, Noll and Vo) of 32 bits over the cell's kind and text, in hexadecimal.
  private static func digest(of cell: Cell) -> String {
    var hash: UInt32 = 0x811C_9DC5
    for byte in cell.kind.rawValue.utf8 + Array(cell.text.utf8) { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
