"""``report.html`` of a real run in headless Chromium: rendered, sorted, filtered, no error.

Skipped, visibly, where there is no Chromium with its driver (Debian: chromium, chromium-driver).
"""

import csv
import json
import os
import shutil

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MOST_BYTES = 3_000_000

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="no chromium and chromedriver on the PATH"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for option in [*OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"]:
        options.add_argument(option)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("no_proxy", "NO_PROXY"):  # the driver listens on this machine
            others = os.environ.get(name)
            patch.setenv(name, "localhost,127.0.0.1" + (f",{others}" if others else ""))
        driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
        yield driver
        driver.quit()


@pytest.fixture
def page(browser, run):
    browser.get((run / "report.html").as_uri())
    return browser


def texts(page, selector):
    return [element.text for element in page.find_elements(By.CSS_SELECTOR, selector)]


def largest(values):
    """The offsets of the three largest positive values, the largest first."""
    positive = [offset for offset, value in enumerate(values) if value > 0]
    return sorted(positive, key=lambda offset: (-values[offset], offset))[:3]


def shown(page):
    return page.find_elements(By.CSS_SELECTOR, ".gallery > li:not([hidden])")


def test_the_page_is_small_and_loads_nothing(page, run):
    requests = [
        entry["message"]
        for entry in page.get_log("performance")
        if "Network.requestWillBeSent" in entry["message"]
    ]
    assert (run / "report.html").stat().st_size < MOST_BYTES
    assert not [message for message in requests if '"url":"http' in message]


def test_there_is_no_error_on_the_console(page):
    assert page.get_log("browser") == []


def test_the_matrix_holds_every_test_row_and_says_more_on_hover(page, run):
    cells = page.find_elements(By.CSS_SELECTOR, ".matrix tbody td")
    counts = [int(cell.text.split()[0].replace(",", "")) for cell in cells]
    with (run / "predictions.csv").open() as lines:
        rows = sum(1 for _ in csv.DictReader(lines))
    assert sum(counts) == rows
    assert all("rows (" in cell.get_attribute("title") for cell in cells)


def test_every_drawing_has_lines_and_values_on_hover(page):
    drawings = page.find_elements(By.CSS_SELECTOR, ".plot")
    assert len(drawings) == 5
    for drawing in drawings:
        assert drawing.find_elements(By.CSS_SELECTOR, "polyline")
        assert drawing.find_elements(By.CSS_SELECTOR, "title")


def test_the_table_of_classes_sorts_by_keyboard(page):
    f1 = ".sortable tbody td:nth-child(4)"
    button = page.find_element(By.CSS_SELECTOR, ".sortable th:nth-child(4) button")
    before = texts(page, ".sortable tbody th")

    button.send_keys(Keys.ENTER)
    assert texts(page, f1) == sorted(texts(page, f1))
    assert page.find_element(By.CSS_SELECTOR, "[aria-sort]").text == "F1"
    button.send_keys(Keys.SPACE)
    assert texts(page, f1) == sorted(texts(page, f1), reverse=True)

    page.find_element(By.CSS_SELECTOR, ".sortable th:nth-child(1) button").send_keys(Keys.ENTER)
    assert texts(page, ".sortable tbody th") == before


def test_the_gallery_filters_by_class(page, run):
    with (run / "misclassified.csv").open() as lines:
        mistakes = list(csv.DictReader(lines))
    assert len(shown(page)) == len(mistakes)
    true = mistakes[0]["label"]
    of_class = [row for row in mistakes if row["label"] == true]

    Select(page.find_element(By.NAME, "true")).select_by_value(true)
    assert len(shown(page)) == len(of_class)
    assert page.find_element(By.TAG_NAME, "output").text.startswith(f"{len(of_class)} of ")
    page.find_element(By.CSS_SELECTOR, ".filter button").click()
    assert len(shown(page)) == len(mistakes)


def test_more_mistakes_are_shown_by_keyboard(page, run):
    visible = ".gallery > li:not([hidden]):not(.later)"
    button = page.find_element(By.CSS_SELECTOR, ".more button")
    assert len(page.find_elements(By.CSS_SELECTOR, visible)) == min(30, len(shown(page)))
    assert button.is_displayed() == (len(shown(page)) > 30)
    while button.is_displayed():
        before = len(page.find_elements(By.CSS_SELECTOR, visible))
        button.send_keys(Keys.ENTER)
        assert len(page.find_elements(By.CSS_SELECTOR, visible)) > before
    assert len(page.find_elements(By.CSS_SELECTOR, visible)) == len(shown(page))


def test_paper_holds_the_mistakes_that_it_says(page):
    total = len(shown(page))
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    printed = [item for item in shown(page) if item.is_displayed()]
    note = texts(page, ".note.printed")
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert len(printed) == min(40, total)
    assert note == ([f"On paper: the 40 most confident of {total} mistakes."] if total > 40 else [])


def test_every_link_inside_the_page_has_a_place(page):
    links = page.find_elements(By.CSS_SELECTOR, 'a[href^="#"]')
    places = {link.get_attribute("href").split("#")[1] for link in links}
    assert not [place for place in places if not page.find_elements(By.ID, place)]


def test_a_cell_of_the_matrix_leads_to_its_mistakes(page):
    link = page.find_element(By.CSS_SELECTOR, ".matrix a[data-pair]")
    count = int(link.text.replace(",", ""))
    true, predicted = link.get_attribute("data-pair").split("-")

    link.send_keys(Keys.ENTER)
    assert len(shown(page)) == count
    assert {
        (item.get_attribute("data-true"), item.get_attribute("data-predicted"))
        for item in shown(page)
    } == {(true, predicted)}


def test_the_worst_mistakes_are_explained_byte_by_byte(page, run):
    with (run / "explanations.csv").open() as lines:
        explained = list(csv.DictReader(lines))
    rows = list(dict.fromkeys(line["row"] for line in explained))
    with (run / "misclassified.csv").open() as lines:
        mistakes = list(csv.DictReader(lines))
    surest = sorted(mistakes, key=lambda line: -float(line["probability"]))[: len(rows)]
    assert {line["row"] for line in surest} == set(rows)

    items = page.find_elements(By.CSS_SELECTOR, ".explanations > li")
    assert len(items) == len(rows)
    explanations = json.loads((run / "explanations.json").read_text())["rows"]
    for item, row, values in zip(items, rows, explanations, strict=True):
        assert item.find_element(By.TAG_NAME, "p").text.startswith(f"Row {row} is ")
        cells = [cell.text for cell in item.find_elements(By.CSS_SELECTOR, ".numbers td")]
        towards, occluded = values["attributions"], values["occlusion"]
        against = [-value for value in towards]
        expected = [*largest(towards), *largest(against), *largest(occluded)]
        assert [int(cell, 16) for cell in cells[::5]] == expected
        assert len(item.find_elements(By.CSS_SELECTOR, ".over rect")) == len(set(expected))
        sizes = page.execute_script(
            "return [...arguments[0].querySelectorAll('img')].map(i => i.naturalWidth)", item
        )
        assert sizes == [32, 32]


def test_every_byte_of_an_explained_row_opens_by_keyboard(page):
    details = page.find_element(By.CSS_SELECTOR, ".explanations details")
    assert not details.find_element(By.CSS_SELECTOR, "td").is_displayed()
    details.find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)
    cells = details.find_elements(By.CSS_SELECTOR, "td")
    assert len(cells) == 1024 and cells[-1].is_displayed()


def test_every_mistake_has_a_picture_of_32_by_32(page):
    sizes = page.execute_script(
        "return [...document.querySelectorAll('.gallery img')]"
        ".map(image => [image.complete, image.naturalWidth, image.naturalHeight])"
    )
    assert len(sizes) == len(shown(page))
    assert all(size == [True, 32, 32] for size in sizes)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_its_background(page, scheme):
    feature = {"name": "prefers-color-scheme", "value": scheme}
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    colors = page.execute_script(
        "const style = getComputedStyle(document.body); return [style.color, style.backgroundColor]"
    )
    ink, paper = (sum(int(part) for part in color[4:-1].split(",")) for color in colors)
    assert (ink < 150 < 600 < paper) if scheme == "light" else (paper < 150 < 600 < ink)


def test_nothing_moves_while_it_loads(page):
    moved = page.execute_async_script(
        "const done = arguments[0]; let moved = 0;"
        "new PerformanceObserver(list => list.getEntries().forEach(e => moved += e.value))"
        ".observe({type: 'layout-shift', buffered: true});"
        "requestAnimationFrame(() => requestAnimationFrame(() => done(moved)))"
    )
    assert moved < 0.01


def test_nothing_overflows_on_a_narrow_screen(page):
    metrics = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    width = page.execute_script("return document.documentElement.scrollWidth")
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert width <= 390
