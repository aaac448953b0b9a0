import Interpreter

/// The numbers of a run, to be looked at and to be moved.
enum KnobBuiltins {
  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "knobs", "Shows the numbers of a run that can be set while it trains: in Jupyter as sliders that can be moved meanwhile.",
        subject: "Learning", parameters: [Parameter("run", .record, "the run, or any record that holds an optimizer")],
        examples: [Example("knobs {step: 3, optimizer: adam(0.001)}", nil)],
        details: """
          The numbers are the options of the model, such as `lambda`, and the rates of the optimizers; `step` and `epoch` are shown, and cannot be \
          moved. In Jupyter, with the package `ipywidgets`, each has a slider or a field: what is set there is in the run before its next step, \
          also while the cell is running that trains it, and what a program sets is shown there. In a loop of your own call `attend run` \
          before each step. Where there are no such widgets it shows a table. Looking changes no result.

              knobs(run)
              train run, steps: 5000
          """
      ) { call in
        let knobs = try KnobsValue(of: call.record("run"), in: call.session)
        call.session.showWhereStated(knobs)
        return .object(knobs)
      })
  }
}
