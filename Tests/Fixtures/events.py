"""Writes `events/`: an event file by TensorBoard's own writer, and what TensorFlow makes histograms of.

Needs tensorboard and TensorFlow:  python3 Tests/Fixtures/events.py
"""

import pathlib

import numpy
import tensorflow
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.event_file_writer import EventFileWriter

here = pathlib.Path(__file__).parent / "events"
here.mkdir(exist_ok=True)
for old in here.iterdir():
    old.unlink()

# Numbers that a float holds exactly: at the edges of buckets, far out, and of both signs.
values = numpy.array([0, -0.0, 1e-12, -1e-12, 1, 1.1, -1, -1.1, 0.5, 0.5, 0.51, 1e19, -3e30, 3e30, 1e-30, 7, 7, 7], "float32")


def histogram(values):
    """The bytes of a summary, by TensorFlow's own histogram."""
    summary = tensorflow.raw_ops.HistogramSummary(tag="weights", values=values).numpy()
    return Summary.FromString(summary)


png = (here.parent / "formats" / "color.png").read_bytes()
image = Summary.Image(height=7, width=13, colorspace=3, encoded_image_string=png)
summaries = [
    (0, Summary(value=[Summary.Value(tag="loss/d", simple_value=1.25)])),
    (1, Summary(value=[Summary.Value(tag="loss/d", simple_value=0.0)])),
    (300, Summary(value=[Summary.Value(tag="λ", simple_value=float("nan"))])),
    (1 << 40, Summary(value=[Summary.Value(tag="samples", image=image)])),
    (301, histogram(values)),
    (302, histogram(numpy.zeros([5], "float32"))),
]
writer = EventFileWriter(str(here))
for number, (step, summary) in enumerate(summaries):
    writer.add_event(Event(wall_time=1700000000.5 + number, step=step, summary=summary))
writer.close()
(made,) = here.iterdir()
made.rename(here / "events.out.tfevents.fixture")
