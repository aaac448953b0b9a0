"""Chromium without a window, driven over its DevTools protocol."""

import asyncio
import base64
import json
import os
import shutil
import subprocess
import tempfile
import urllib.parse
import urllib.request

from websockets.asyncio.client import connect

KEYS = {"Enter": 13, "Escape": 27, "Tab": 9, "Backspace": 8, "Space": 32, "Home": 36, "End": 35,
        "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}


class Chromium:
    """One page of a browser of its own, which resolves no names and keeps nothing."""

    async def __aenter__(self):
        self.folder = tempfile.mkdtemp(prefix="gan-chromium-")
        self.process = subprocess.Popen(
            [shutil.which("chromium") or "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--remote-debugging-port=0",
             "--remote-allow-origins=*", f"--user-data-dir={self.folder}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        port = await self.port()
        pages = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json"))
        page = next(page for page in pages if page["type"] == "page")
        self.socket = await connect(page["webSocketDebuggerUrl"], max_size=None)
        self.number, self.waiting, self.requests, self.complaints = 0, {}, [], []
        # What the browser has asked whether to leave the page, and whether it is left.
        self.questions, self.leaves = [], True
        self.reader = asyncio.create_task(self.read())
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            await self.call(domain + ".enable")
        await self.size(1280, 800)
        return self

    async def port(self):
        path = os.path.join(self.folder, "DevToolsActivePort")
        for _ in range(300):
            if os.path.exists(path) and (text := open(path).read()).count("\n"):
                return int(text.splitlines()[0])
            await asyncio.sleep(0.1)
        raise SystemExit("chromium does not start")

    async def __aexit__(self, *_):
        self.reader.cancel()
        await self.socket.close()
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    async def read(self):
        async for message in self.socket:
            message = json.loads(message)
            if "id" in message:
                self.waiting.pop(message["id"]).set_result(message)
                continue
            content = message["params"]
            match message["method"]:
                case "Network.requestWillBeSent":
                    self.requests.append(content["request"]["url"])
                case "Network.webSocketCreated":
                    self.requests.append(content["url"])
                case "Page.javascriptDialogOpening":
                    self.questions.append(content["type"])
                    asyncio.create_task(self.call("Page.handleJavaScriptDialog", accept=self.leaves))
                case "Runtime.exceptionThrown":
                    self.complaints.append(json.dumps(content)[:500])
                case "Log.entryAdded" if content["entry"]["level"] == "error":
                    self.complaints.append(f"{content['entry']['text']} {content['entry'].get('url', '')}")

    async def call(self, method, **parameters):
        self.number += 1
        self.waiting[self.number] = answer = asyncio.get_running_loop().create_future()
        await self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        message = await asyncio.wait_for(answer, 60)
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']}")
        return message["result"]

    async def value(self, expression):
        """What an expression of JavaScript is in the page."""
        answer = await self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:800])
        return answer["result"].get("value")

    async def until(self, expression, what, seconds=30):
        """Waits until an expression holds; fails with what was waited for."""
        for _ in range(int(seconds / 0.05)):
            try:
                if found := await self.value(expression):
                    return found
            except RuntimeError:
                pass
            await asyncio.sleep(0.05)
        raise AssertionError(f"in {seconds} seconds not: {what}")

    async def size(self, width, height, dark=False):
        await self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        await self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    async def open(self, address):
        """False where nobody answers there."""
        return "errorText" not in await self.call("Page.navigate", url=address)

    async def open_beside(self, address):
        """Opens another tab of the same browser."""
        port = await self.port()
        request = urllib.request.Request(f"http://127.0.0.1:{port}/json/new?{urllib.parse.quote(address, safe='')}", method="PUT")
        urllib.request.urlopen(request).close()

    async def online(self, is_online):
        """Breaks the page's sockets, and lets it make no other; or lets it again."""
        if is_online:
            await self.value("void (window.WebSocket = window.Socket)")
            return
        await self.value("void (window.Socket = WebSocket, window.WebSocket = new Proxy(Socket, { construct: (socket, [address]) => new socket(address.replace('/socket', '/none')) }))")
        prototype = await self.call("Runtime.evaluate", expression="WebSocket.prototype")
        sockets = await self.call("Runtime.queryObjects", prototypeObjectId=prototype["result"]["objectId"])
        await self.call("Runtime.callFunctionOn", objectId=sockets["objects"]["objectId"],
                        functionDeclaration="function () { for (const socket of this) socket.close(); }")

    async def picture(self, path):
        answer = await self.call("Page.captureScreenshot", format="png")
        with open(path, "wb") as file:
            file.write(base64.b64decode(answer["data"]))

    async def press(self, *names):
        """Keys one after another: "j", "Enter", "Ctrl-Shift-ArrowUp"."""
        for name in names:
            *holds, key = name.split("-") if name != "-" else [name]
            holds_bits = sum({"Alt": 1, "Ctrl": 2, "Shift": 8}[hold] for hold in holds)
            text = "\r" if key == "Enter" else " " if key == "Space" else key if len(key) == 1 and "Ctrl" not in holds else None
            key_name = " " if key == "Space" else key
            code = KEYS.get(key, ord(key.upper()) if key.isalnum() and len(key) == 1 else 0)
            shared = {"key": key_name, "modifiers": holds_bits, "windowsVirtualKeyCode": code}
            await self.call("Input.dispatchKeyEvent", type="keyDown", **shared, **({"text": text} if text else {}))
            await self.call("Input.dispatchKeyEvent", type="keyUp", **shared)

    async def write(self, text):
        for letter in text:
            if letter == "\n":
                await self.press("Enter")
            elif letter == " ":
                await self.press("Space")
            elif letter == "-":
                await self.call("Input.dispatchKeyEvent", type="keyDown", key="-", text="-")
                await self.call("Input.dispatchKeyEvent", type="keyUp", key="-")
            else:
                await self.press(letter)

    async def click(self, selector):
        x, y = await self.value(
            f"(() => {{ const node = document.querySelector({json.dumps(selector)}); node.scrollIntoView({{ block: 'nearest' }}); "
            "const box = node.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()")
        for kind in ("mousePressed", "mouseReleased"):
            await self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def names(self):
        """Role and name of everything that can have the focus."""
        nodes = (await self.call("Accessibility.getFullAXTree"))["nodes"]
        return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes
                if not node["ignored"] and any(one["name"] == "focusable" and one["value"].get("value") for one in node.get("properties", []))]
