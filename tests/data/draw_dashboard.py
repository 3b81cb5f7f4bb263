"""Draw dashboard.webp and dashboard_privacy.webp: the page in headless Chromium, beside a graph that runs.

mien run --source clip & mien dashboard & python tests/data/draw_dashboard.py http://127.0.0.1:8321 dashboard.webp
"""

from __future__ import annotations

import argparse
import io
import shutil
import time
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--hide-scrollbars",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("out", type=Path)
    parser.add_argument("--theme", default="dark", choices=("dark", "light"))
    parser.add_argument("--seconds", type=float, default=60.0, help="how long it looks first")
    parser.add_argument("--height", type=int, default=1500)
    args = parser.parse_args()
    options = Options()
    options.binary_location = shutil.which("chromium") or ""
    for option in (*OPTIONS, f"--window-size=1360,{args.height}"):
        options.add_argument(option)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        driver.get(f"{args.url}/?theme={args.theme}")
        time.sleep(5)
        driver.execute_script("document.querySelectorAll('#avatars button')[2].click()")  # the robot, too
        time.sleep(args.seconds)
        Image.open(io.BytesIO(driver.get_screenshot_as_png())).save(args.out, quality=80, method=6)
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
